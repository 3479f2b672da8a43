package check

import (
	"regexp"
	"strings"
	"unicode"

	"bulletin/internal/config"
)

// mailAddress is an e-mail address, wherever it stands.
var mailAddress = regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9._%+'-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`)

// privateMail are the providers where people have mailboxes of their own.
var privateMail = wordSet(`gmail.com googlemail.com hotmail.com hotmail.co.uk outlook.com live.com live.co.uk msn.com yahoo.com yahoo.co.uk ymail.com icloud.com me.com mac.com
	aol.com btinternet.com btopenworld.com sky.com talktalk.net virginmedia.com ntlworld.com blueyonder.co.uk tiscali.co.uk plus.com protonmail.com proton.me gmx.com gmx.co.uk mail.com`)

// offices are words of mailboxes that belong to a role, in small letters.
var offices = wordSet(`admin advice alliance applications board bookings booking business careers care charity children clerk comms communications community complaints conference contact council
	customer data development digital director early editor education emergency enquiries enquiry events families family feedback finance foi fostering funding governance governor governors
	head health hello help helpdesk hr inbox inclusion info information it jobs learning legal library mail marketing media members membership news newsletter no noreply office
	online partnership partnerships planning policy post press privacy protection public quality reception recruitment register reply research safeguarding school schools secretary send service services
	social subscribe support survey team teams the training transport travel trust unsubscribe updates volunteer volunteering web webmaster webteam work workforce youth young example user your name first last firstname lastname jane john joe doe smith email me you my test someone somebody foo bar`)

var personalEmail = &Rule{
	Name:     "personal-email",
	Protects: "A person’s address is found by machines within days, gets junk for ever, and is wrong when the person leaves.",
	Law:      "UK GDPR, Article 5(1)(c)",
	Level:    config.LevelWarning,
	Fires:    "To book, write to meera.chaudhry@example.org.",
	Passes:   "To book, write to events.team@example.org.",
	Cure:     "Write the address of a team: `events@example.org`. If readers are to write to this person, name them under `contact` in the front matter.",
	Entry: func(p *Page) {
		told := map[string]bool{}
		look := func(address string, report func(format string, args ...any)) {
			address = strings.ToLower(strings.TrimRight(address, ".-"))
			if told[address] || p.isContact(address) {
				return
			}
			local, domain, _ := strings.Cut(address, "@")
			switch {
			case privateMail[domain]:
				report("%s is a mailbox that somebody has at home", address)
			case isOfPerson(local):
				report("%s seems to be the address of one person", address)
			default:
				return
			}
			told[address] = true
		}
		for _, text := range p.Prose() {
			if !text.Mentions("@") {
				continue
			}
			for _, m := range mailAddress.FindAllStringIndex(text.Text, -1) {
				if !text.inCode(m[0]) && (m[0] == 0 || !strings.ContainsAny(text.Text[m[0]-1:m[0]], "/:@")) {
					look(text.Text[m[0]:m[1]], func(f string, args ...any) { p.Report(text.Pos(m[0]), "", f, args...) })
				}
			}
		}
		for _, l := range p.Links() {
			if address, ok := strings.CutPrefix(l.Dest, "mailto:"); ok {
				address, _, _ = strings.Cut(address, "?")
				look(address, func(f string, args ...any) { p.Report(l.Pos, "", f, args...) })
			}
		}
	},
}

// isOfPerson reports whether the part before the @ is a name: "meera.chaudhry",
// "m.chaudhry".
func isOfPerson(local string) bool {
	parts := strings.FieldsFunc(local, func(r rune) bool { return r == '.' || r == '_' })
	if len(parts) < 2 || len(parts) > 3 {
		return false
	}
	for _, part := range parts {
		if offices[part] || strings.ContainsFunc(part, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' }) {
			return false
		}
	}
	first, last := parts[0], parts[len(parts)-1]
	return len(last) > 2 && (firstNames[first] || len(first) == 1 && len(last) > 3)
}

// isContact reports whether an address is one that the entry or the site names
// for readers to write to.
func (p *Page) isContact(address string) bool {
	named := []string{p.Contact.Email.Value, p.Site.Config.Publisher.Email.Value, p.Site.Config.Newsletter.ReplyTo.Value, p.Site.Config.Accessibility.Contact.Value}
	if p.Event != nil {
		named = append(named, p.Event.Register.Contact.Value)
	}
	for _, n := range named {
		if n != "" && strings.Contains(strings.ToLower(n), address) {
			return true
		}
	}
	return false
}

// firstNames are common first names in the United Kingdom.
var firstNames = wordSet(`aaron abdul abigail adam adele adrian agnieszka ahmed aisha alan albert alex alexander alexandra alfie ali alice alison alistair amanda amber amelia amina amir amit amy ana andrea andrew
	andy angela angharad ann anna anne anthony anita anil anisha antonia arthur asha ashley asif audrey ayesha barbara barry beata becky ben benjamin bernadette beth bethan bethany beverley bill bob brenda brian
	bronwen bryan caitlin callum carl carly carol carole caroline carolyn catherine cathy ceri charles charlie charlotte cheryl chloe chris christian christina christine christopher claire clare colin connor craig
	cynthia daisy dan daniel danielle darren dave david dawn dean debbie deborah debra denise derek diana diane dominic donna dorothy dylan ed eddie edward eileen elaine eleanor elena elizabeth ella ellen ellie emily
	emma eric erin esther ethan eve fatima faye felicity fiona florence frances francesca francis frank fred gareth gary gavin gemma geoff george georgia georgina gerald gillian gina glen glenn gordon grace graham
	greg gurpreet gwen hannah hardeep harjit harpreet harriet harry hasan hayley hazel heather helen helena henry holly hugh huw ian imran iqbal irene isabel isabella isla ivan ivy jack jackie jacob jacqueline
	jake james jamie janet janice jasmine jason jaspreet jay jayne jean jeff jen jennifer jenny jeremy jess jessica jill jim jo joan joanna joanne jodie joel jonathan jordan joseph josh joshua joyce juan judith judy julia
	julian julie june justin kamal karen karl kate katarzyna kate kath katherine kathleen kathryn kathy katie kay keith kelly ken kenneth kerry kevin khadija kieran kim kiran kirsty kristina kyle laura lauren leah leanne lee leon
	lesley leslie lewis liam lily linda lindsay lisa liz lloyd lorna lorraine louis louise lucy luke lynda lynn lynne mahmood malcolm mandeep mandy manjit marc marcus margaret maria marie marion mark martin martyn mary
	matt matthew maureen max meera megan mehmet mel melanie melissa michael michelle mick miguel mike miriam mo mohammad mohammed molly monica muhammad nadia naomi natalie natasha nathan neha neil nia niamh nick nicholas nicola
	nicole nigel nikki nina noel nora norman nusrat oliver olivia omar oscar owen pam pamela parveen pat patricia patrick paul paula pauline penny peter phil philip philippa piotr polly priya rachael rachel rajesh ralph ranjit raymond rebecca
	reece rhian rhys richard rita rob robert roberta robin roger ron ronald rose rosemary ross roy ruby rupert russell ruth ryan sadia sally sam samantha samira samuel sandeep sandra sanjay sara sarah satnam scott sean sebastian
	shabana shannon sharon shaun sheila shirley sian simon siobhan sofia sonia sophia sophie stacey stella stephanie stephen steve steven stuart sue sukhdeep sunita susan susanna suzanne sylvia tanya tara tariq teresa terry
	thomas tim timothy tina toby tom tomasz tony tracey tracy trevor valerie vanessa vera vicky victoria vikram vince vincent violet wayne wendy will william yasmin yusuf yvonne zahra zainab zara zoe`)
