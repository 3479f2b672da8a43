package check

// sense are the rules about what a text says.
var sense = []*Rule{
	wrongWeekdayInText, yearlessDate, relativeDate, dateOrder,
	paragraphNumberRepeated, paragraphNumberMissing, danglingColon, lostFigure,
	unbalancedQuotes, unrecordedPromise, unexplainedAcronym, severalBodyNames,
	doubleSpaces, invisibleCharacter, wrongQuotationMark, pastedResidue,
}
