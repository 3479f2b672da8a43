package config

import (
	"bulletin/internal/diag"
	"bulletin/internal/header"
)

// Accessibility is what the accessibility statement says of this site. Its
// parts are those of the model statement for the Public Sector Bodies (Websites
// and Mobile Applications) (No. 2) Accessibility Regulations 2018
// (https://www.gov.uk/guidance/model-accessibility-statement).
type Accessibility struct {
	// Unreviewed is where the group stands in the settings, if nothing is written
	// there for reviewed.
	Unreviewed diag.Pos
	// Contact is an address or other words; Phone may be empty.
	Contact, Phone header.Text
	// Reply is within what time people get an answer, "10 working days".
	Reply header.Text
	// Prepared, Reviewed and Tested are days.
	Prepared, Reviewed, Tested header.Date
	// TestedBy says who tested the site, and how.
	TestedBy header.Text
	// NonCompliant are parts that fail the guidelines, each with the criterion
	// and what will be done; Burden are those whose mending would be a
	// disproportionate burden; Exemptions are those that the law does not cover.
	NonCompliant, Burden, Exemptions []header.Text
}

// Privacy is what the privacy page says beyond what is true of every site.
type Privacy struct {
	// Contact is an address or other words.
	Contact header.Text
	// Host is the company whose server sends the site, and Logs says what that
	// notes of each request and for how long.
	Host, Logs header.Text
}

func (c *Config) readStatements(f *header.Fields) {
	a := f.Map("accessibility")
	c.Accessibility = Accessibility{
		Contact: a.Text("contact"), Phone: a.Text("phone"), Reply: a.Text("reply_within"),
		Prepared: a.Date("prepared"), Reviewed: a.Date("reviewed"), Tested: a.Date("tested"), TestedBy: a.Text("tested_by"),
		NonCompliant: a.Texts("non_compliant"), Burden: a.Texts("burden"), Exemptions: a.Texts("exemptions"),
	}
	if f.Has("accessibility") && !a.Has("reviewed") {
		c.Accessibility.Unreviewed = a.Pos()
	}
	p := f.Map("privacy")
	c.Privacy = Privacy{Contact: p.Text("contact"), Host: p.Text("host"), Logs: p.Text("logs")}
}
