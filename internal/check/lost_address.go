package check

import (
	"path"
	"strings"

	"bulletin/internal/config"
	"bulletin/internal/diag"
)

var lostAddress = &Rule{
	Name:     "lost-address",
	Protects: "E-mails, search engines and other sites lead to the addresses that you published. Without an alias they lead nowhere.",
	Level:    config.LevelWarning,
	Fires: "-- public --\narticles/2024/old-name/index.html\n" +
		"-- content/articles/2024/new-name.md --\n---\ntitle: A name\nsummary: On names.\ndate: 4 March 2024\n---\nText.\n",
	Passes: "-- public --\narticles/2024/old-name/index.html\n" +
		"-- content/articles/2024/new-name.md --\n---\ntitle: A name\nsummary: On names.\ndate: 4 March 2024\naliases: [/articles/2024/old-name/]\n---\nText.\n",
	Cure: "Write the old address in the front matter of the entry that stands for it now:\naliases: [/the/old/address/]",
	Site: func(w *Whole) {
		served := w.served()
		for _, file := range w.Written {
			address, isPage := strings.CutSuffix("/"+file, "index.html")
			if !isPage || served[address] || madeByBulletin(address) {
				continue
			}
			at, hint := diag.Pos{File: path.Join(w.Output, file)}, "write `aliases: ["+address+"]` in the front matter of the entry that stands for it now"
			text := "the last build published this address, and the next one will not"
			if p := w.successor(address); p != nil && p.Address == address {
				at, text = p.Start(), "this was published at "+address+" by the last build, and the next one will take it back"
				hint = "if readers should know why, publish it with `withdrawn: the reason`"
			} else if p != nil {
				hint = "if " + p.File + " is the same page, write there: aliases: [" + address + "]"
			}
			w.Report(at, hint, "%s", text)
		}
	},
}

// served gives the addresses at which the next build serves a page.
func (w *Whole) served() map[string]bool {
	served := map[string]bool{}
	for _, e := range w.Entries {
		served[e.Address] = true
	}
	for _, address := range w.ListAddresses() {
		served[address] = true
	}
	for _, r := range w.Redirects {
		served[strings.TrimSuffix(r.From, "/")+"/"] = true
	}
	return served
}

// madeByBulletin reports whether an address is that of a list, which comes and
// goes with its entries.
func madeByBulletin(address string) bool {
	for _, folder := range []string{"/places/", "/topics/", "/organisations/", "/people/", "/series/", "/articles/archive/", "/events/month/", "/events/past/"} {
		if strings.HasPrefix(address, folder) {
			return true
		}
	}
	return strings.Contains(address, "/page/") || address == "/search/"
}

// successor guesses which entry stands for an old address: one that has it but
// is not published, or else the only one of the same name.
func (w *Whole) successor(address string) *Page {
	var same *Page
	for _, p := range w.Pages {
		if p.Address == address {
			return p
		}
		if path.Base(p.Address) == path.Base(address) {
			if same != nil {
				return nil
			}
			same = p
		}
	}
	return same
}
