package content

import (
	"strconv"
	"strings"

	"bulletin/internal/diag"
	"bulletin/internal/header"
)

func (r *reader) readNewsletter(e *Entry) {
	n := &Newsletter{Issue: r.Text("issue"), Subject: r.Text("subject"), Preheader: r.Text("preheader")}
	from := r.Value("from")
	if from.Kind() == header.Scalar {
		n.From.Name = from.Text()
	} else {
		f := from.Fields()
		n.From = Signature{Name: f.Text("name"), Role: f.Text("role"), Organisation: f.Text("organisation"), Image: f.Text("image")}
		if from.Kind() == header.Map && !n.From.Name.Set() {
			f.Required("name", "it is who signs the letter", "A name")
		}
	}
	n.Auto = r.readAuto(r.Map("auto"))
	if e.Summary.Value == "" {
		e.Summary.Value = n.Preheader.Value
	}
	e.Newsletter = n
}

// readAuto reads which lists an issue makes by itself. What is still to follow
// is listed beside any other of them, unless the issue says otherwise.
func (r *reader) readAuto(f *header.Fields) Auto {
	a := Auto{
		ArticlesSinceLast:   f.Choice("articles", "none", "since-last") == "since-last",
		DeadlinesBeforeNext: f.Choice("deadlines", "none", "before-next") == "before-next",
		EventDays:           r.eventDays(f.Text("events")),
		Pin:                 f.Texts("pin"),
		Skip:                f.Texts("skip"),
	}
	a.Promises = f.Choice("promises", "open", "none") == "open" &&
		(f.Has("promises") || a.ArticlesSinceLast || a.DeadlinesBeforeNext || a.EventDays > 0)
	return a
}

// eventDays reads "60 days" or "none".
func (r *reader) eventDays(t header.Text) int {
	if t.Value == "" || strings.EqualFold(t.Value, "none") {
		return 0
	}
	number, unit, _ := strings.Cut(strings.ToLower(t.Value), " ")
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > 366 || unit != "days" && unit != "day" && unit != "" {
		r.Problem(diag.Errorf(t.Pos, "unknown-value", "write `events: 60 days`, for at most 366, or `events: none`", "`auto.events` cannot be `%s`", t.Value))
		return 0
	}
	return n
}
