package check

// accessibility are the rules about who can read a text, and how.
var accessibility = []*Rule{
	unhelpfulAlt, imageOfText, fakeHeading, vagueLink, ambiguousLink, bareAddress, fileType,
	tableHeader, layoutTable, allCapitals, emojiBullet, emojiRow, colourOnly, unmarkedLanguage,
}
