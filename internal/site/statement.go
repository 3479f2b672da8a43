package site

import (
	"time"

	"bulletin/internal/diag"
	"bulletin/internal/ukdate"
)

// The pages of statements that bulletin makes unless the site has its own.
const (
	Accessibility = "/accessibility/"
	Privacy       = "/privacy/"
)

// reviewDue gives the instant at which the accessibility statement has to be
// reviewed again, twelve months after the last time; it reports false where
// nothing is known of it, or the site has a statement of its own.
func (s *Site) reviewDue() (time.Time, bool) {
	reviewed := s.Config.Accessibility.Reviewed
	if !reviewed.Set() || s.Replaces(Accessibility) {
		return time.Time{}, false
	}
	day, err := reviewed.In(s.Config.Location)
	if err != nil {
		return time.Time{}, false
	}
	return day.AddDate(1, 0, 0), true
}

// checkStatement reports an accessibility statement that nobody reviewed for
// twelve months, and reminds writers of it before. A site that says nothing of
// accessibility in its settings is left alone: not all are public bodies.
func (s *Site) checkStatement(problems *diag.List) {
	a := s.Config.Accessibility
	due, known := s.reviewDue()
	const hint = "check that the accessibility statement still says what is true, as public bodies must each year, then write the day as `reviewed`"
	switch {
	case known && due.After(s.Now):
		s.Reminders = append(s.Reminders, Due{At: due, File: a.Reviewed.Text.Pos.File, Title: "Accessibility statement", What: "has to be reviewed"})
	case known:
		problems.Add(diag.Warnf(a.Reviewed.Text.Pos, "statement-overdue", hint,
			"the accessibility statement was last reviewed on %s, more than 12 months ago", ukdate.Date(due.AddDate(-1, 0, 0))))
	case a.Unreviewed.Line > 0 && !s.Replaces(Accessibility):
		problems.Add(diag.Warnf(a.Unreviewed, "statement-overdue", hint, "`accessibility` does not say when the statement was last reviewed"))
	}
}
