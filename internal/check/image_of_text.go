package check

import (
	"regexp"

	"bulletin/internal/config"
)

var posterName = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(posters?|flyers?|fliers?|leaflets?|infographics?|screen ?shots?|invitations?|save the date|programme|timetable|scan|scanned)(?:$|[^\p{L}])`)

var imageOfText = &Rule{
	Name:     "image-of-text",
	Protects: "Words in a picture cannot be read out, enlarged, translated, searched or copied.",
	Law:      "WCAG 2.2, 1.4.5 Images of Text (level AA)",
	Level:    config.LevelWarning,
	Fires:    "Come and join us!\n\n![Poster of the reading day](reading-day.png)",
	Passes: "![Poster of the reading day](reading-day.png)\n\nThe reading day is on Saturday 20 April 2024, from 10am to 3pm, in Bloxwich Library. " +
		"Authors read from their books every hour. There are crafts for children under eight, a book swap, and a quiet room with a carer all day. " +
		"Admission is free and nobody needs to book. The library has a ramp, a hearing loop and a changing place, and buses 31 and 32 stop outside the door.",
	Cure: "Write what the picture says as text on the page, and keep the picture beside it.",
	Entry: func(p *Page) {
		const little = 60 // words
		enough := little
		if p.Event != nil {
			enough = little / 3 // day, time and place stand above the text
		}
		if p.Body.Words >= enough || len(p.Body.Links) > 0 && p.Body.Words >= little/2 {
			return
		}
		for _, i := range p.pictures() {
			if m := posterName.FindStringSubmatch(words(i.name()) + " | " + words(i.alt)); m != nil {
				p.Report(i.Pos, "", "this picture is a %s by its name, and the page has few words of its own", m[1])
			}
		}
	},
}
