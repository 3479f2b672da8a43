package check

// links are the rules about addresses.
var links = []*Rule{
	lostAddress, lostFile, orphanPage, ownAddress, externalLink, movedLink,
}
