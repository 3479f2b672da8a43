package check

// people are the rules about what a page tells of single people.
var people = []*Rule{
	personalEmail, mobileNumber, meetingPassword, homePostcode, nationalInsuranceNumber, childBirthDate,
	picturePlace, documentAuthor,
}
