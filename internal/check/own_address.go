package check

import (
	"net/url"
	"path"
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/markdown"
	"bulletin/internal/site"
)

var ownAddress = &Rule{
	Name:     "own-address",
	Protects: "A link to your own site that is written out in full is not checked, breaks when the site moves, and may lead through a redirect.",
	Level:    config.LevelWarning,
	Fires:    "Read [the report](https://www.example.org/articles/report/).",
	Passes:   "Read [the report](https://other.example.net/articles/report/).",
	Cure:     "Write the path of the file: `[the report](../articles/report.md)`.",
	Entry: func(p *Page) {
		for _, l := range p.Links() {
			p.checkOwn(l)
		}
	},
}

func (p *Page) checkOwn(l markdown.Link) {
	rest, own := p.ownPath(l.Dest)
	if !own {
		return
	}
	t := p.Site.Resolve(p.File, rest)
	for _, r := range p.Site.Redirects {
		if strings.TrimSuffix(r.From, "/") == strings.TrimSuffix(strings.SplitN(rest, "#", 2)[0], "/") {
			p.Report(l.Pos, "write the path of the file, such as `/"+strings.TrimPrefix(r.To.File, "content/")+"`", "this link leads through an old address of %s", r.To.File)
			return
		}
	}
	switch {
	case t.Kind == site.ToEntry && l.Text != l.Dest:
		p.Report(l.Pos, "write the path of the file: `/"+strings.TrimPrefix(t.Entry.File, "content/")+"`", "this link writes out the address of a page of your own")
	case t.Kind == site.Nowhere && path.Ext(rest) == "":
		p.Report(l.Pos, "", "there is no such page on your own site")
	}
}

// ownPath gives the path below the site's address of a link to the site itself.
func (p *Page) ownPath(dest string) (string, bool) {
	own, err := url.Parse(p.Site.Config.URL)
	if err != nil || own.Host == "" {
		return "", false
	}
	u, err := url.Parse(dest)
	if err != nil || !strings.EqualFold(u.Host, own.Host) || u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	rest, below := strings.CutPrefix(u.EscapedPath(), strings.TrimSuffix(own.EscapedPath(), "/"))
	if !below {
		return "", false
	}
	if rest == "" {
		rest = "/"
	}
	if u.Fragment != "" {
		rest += "#" + u.EscapedFragment()
	}
	return rest, true
}
