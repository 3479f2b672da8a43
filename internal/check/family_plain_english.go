package check

// plainEnglish are the rules about how a text is written.
var plainEnglish = []*Rule{britishSpelling}
