package check

// links are the rules about addresses.
var links = []*Rule{
	lostAddress, orphanPage, ownAddress, externalLink, movedLink,
}
