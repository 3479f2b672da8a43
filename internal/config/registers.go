package config

import (
	"path"
	"slices"
	"strings"

	"bulletin/internal/diag"
	"bulletin/internal/header"
	"bulletin/internal/slug"
)

// Registers is the folder of the registers, relative to the site's folder.
const Registers = "content/registers/"

// registerNames are the registers that there can be.
var registerNames = []string{"places", "topics", "organisations", "people", "venues", "glossary"}

// Register is a list of known names.
type Register struct {
	// Given tells whether the site has this register. With one, a name that is
	// not in it is a problem.
	Given bool
	// Records are the register's entries in the order of the file.
	Records []*Record
	byName  map[string]*Record
}

// Record is one name of a register. Which of its fields can be set depends on
// the register.
type Record struct {
	Name header.Text
	// Aka lists other names of the same thing.
	Aka     []header.Text
	Summary header.Text
	// PartOf names the place that this place lies in.
	PartOf header.Text
	URL    header.Text
	// Role and Organisation are a person's.
	Role, Organisation header.Text
	// Address, Postcode, Access and Map are a venue's.
	Address, Postcode, Access, Map header.Text
}

// Find gives the record of a name, whatever its letter case, also by one of
// its other names.
func (r *Register) Find(name string) (*Record, bool) {
	if r == nil {
		return nil, false
	}
	record, ok := r.byName[slug.Fold(name)]
	return record, ok
}

// Names gives all names of the register.
func (r *Register) Names() []string {
	if r == nil {
		return nil
	}
	names := make([]string, 0, len(r.Records))
	for _, record := range r.Records {
		names = append(names, record.Name.Value)
	}
	return names
}

// Read reads the settings and registers. files has the content of the files,
// by path relative to the site's folder; others than these are passed over.
func Read(files map[string][]byte) (*Config, diag.List) {
	c, problems := settings(files[File])
	if _, misnamed := files[misnamedFile]; misnamed && files[File] == nil {
		problems = diag.List{diag.Errorf(diag.Pos{File: misnamedFile}, RuleNoSettings, "rename it to site.yaml", "the settings are read from "+File+", not from this file")}
	}
	c.Places, c.Topics, c.Organisations, c.People, c.Venues = new(Register), new(Register), new(Register), new(Register), new(Register)
	paths := make([]string, 0, len(files))
	for p := range files {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	for _, p := range paths {
		if strings.HasPrefix(p, Registers) {
			problems.Add(c.readRegister(p, files[p])...)
		}
	}
	problems.Add(c.checkPlaces()...)
	problems.Sort()
	return c, problems
}

func (c *Config) readRegister(file string, data []byte) diag.List {
	name := strings.TrimSuffix(path.Base(file), path.Ext(file))
	if !slices.Contains(registerNames, name) || path.Dir(file)+"/" != Registers || path.Ext(file) != ".yaml" {
		hint := "the registers are: " + strings.Join(registerNames, ".yaml, ") + ".yaml"
		if near := diag.Nearest(name, registerNames); near != "" {
			hint = "did you mean `" + near + ".yaml`?"
		}
		return diag.List{diag.Errorf(diag.Pos{File: file}, "unknown-register", hint, "there is no register of this name")}
	}
	text, problems := header.Clean(file, data)
	if problems.HasErrors() {
		return problems
	}
	value := header.YAML(file, text)
	if name == "glossary" {
		c.readGlossary(value)
	} else {
		c.register(name).read(name, value)
	}
	problems.Add(value.Finish()...)
	return problems
}

func (c *Config) register(name string) *Register {
	return map[string]*Register{
		"places": c.Places, "topics": c.Topics, "organisations": c.Organisations, "people": c.People, "venues": c.Venues,
	}[name]
}

// read reads a register: a list of names, a list of groups with a name, or a
// map from names to groups.
func (r *Register) read(register string, value header.Value) {
	r.Given, r.byName = true, map[string]*Record{}
	switch value.Kind() {
	case header.Map:
		for _, e := range value.Entries() {
			if e.Value.Kind() == header.Scalar {
				r.add(e.Value, shortRecord(register, e.Key, e.Value.Text()))
				continue
			}
			r.add(e.Value, readRecord(register, e.Value.Fields(), e.Key))
		}
	default:
		for _, item := range value.List() {
			if item.Kind() == header.Scalar {
				r.add(item, &Record{Name: item.Text()})
				continue
			}
			r.add(item, readRecord(register, item.Fields(), header.Text{}))
		}
	}
}

// shortRecord is a record of which one thing is said: of a venue its address.
func shortRecord(register string, name, text header.Text) *Record {
	if register == "venues" {
		return &Record{Name: name, Address: text}
	}
	return &Record{Name: name, Summary: text}
}

func readRecord(register string, f *header.Fields, name header.Text) *Record {
	record := &Record{Name: name}
	if !name.Set() {
		record.Name = f.Required("name", "it says what this entry is", "Walsall")
	}
	record.Aka, record.Summary, record.URL = f.Texts("aka"), f.Text("summary"), WebAddress(f, "url")
	switch register {
	case "places":
		f.Meant(map[string]string{"parent": "write `part_of`", "in": "write `part_of`", "within": "write `part_of`", "region": "write `part_of`"})
		record.PartOf = f.Text("part_of")
	case "people":
		record.Role, record.Organisation = f.Text("role"), f.Text("organisation")
	case "venues":
		record.Address, record.Postcode, record.Access, record.Map = f.Text("address"), f.Text("postcode"), f.Text("access"), WebAddress(f, "map")
	}
	return record
}

func (r *Register) add(at header.Value, record *Record) {
	if record.Name.Value == "" {
		return
	}
	r.Records = append(r.Records, record)
	for _, name := range append([]header.Text{record.Name}, record.Aka...) {
		key := slug.Fold(name.Value)
		if other, taken := r.byName[key]; taken && other != record {
			at.Problem(diag.Errorf(name.Pos, "name-twice", "keep one of the two, or give them different names",
				"the name %q is already in this register, in line %d", name.Value, other.Name.Pos.Line))
			continue
		}
		r.byName[key] = record
	}
}

// readGlossary reads a map from abbreviations to meanings, or a list of groups
// with name and meaning.
func (c *Config) readGlossary(value header.Value) {
	c.Glossary = map[string]string{}
	if value.Kind() == header.List {
		for _, item := range value.List() {
			if entries := pair(item); entries != nil {
				c.explain(entries)
				continue
			}
			f := item.Fields()
			name, meaning := f.Required("name", "it is the abbreviation", "SEND"), f.Required("meaning", "it is what the abbreviation stands for", "special educational needs and disabilities")
			c.Glossary[name.Value] = meaning.Value
		}
		return
	}
	c.explain(value.Entries())
}

// pair gives the only key and value of an item such as "- SEND: special ...".
func pair(item header.Value) []header.Entry {
	if item.Kind() != header.Map {
		return nil
	}
	entries := item.Entries()
	if len(entries) != 1 || entries[0].Key.Value == "name" || entries[0].Key.Value == "meaning" {
		return nil
	}
	return entries
}

// explain notes abbreviations with their meanings.
func (c *Config) explain(entries []header.Entry) {
	for _, e := range entries {
		meaning := e.Value.Text()
		if meaning.Value == "" && e.Value.Kind() != header.List && e.Value.Kind() != header.Map {
			e.Value.Problem(diag.Errorf(e.Key.Pos, "missing-meaning", "write what it stands for after the colon",
				"the meaning of `%s` is missing", e.Key.Value))
			continue
		}
		c.Glossary[e.Key.Value] = meaning.Value
	}
}

// checkPlaces reports places that lie in a place which is not in the register,
// and circles.
func (c *Config) checkPlaces() diag.List {
	var problems diag.List
	for _, record := range c.Places.Records {
		if record.PartOf.Value == "" {
			continue
		}
		parent, ok := c.Places.Find(record.PartOf.Value)
		if !ok {
			hint := "add it to the register"
			if near := diag.Nearest(record.PartOf.Value, c.Places.Names()); near != "" {
				hint = "did you mean `" + near + "`?"
			}
			problems.Add(diag.Errorf(record.PartOf.Pos, "unknown-name", hint, "the place %q is not in the register", record.PartOf.Value))
			continue
		}
		for steps := 0; parent != nil; steps++ {
			if parent == record || steps > len(c.Places.Records) {
				problems.Add(diag.Errorf(record.PartOf.Pos, "circle", "remove one `part_of`", "%q cannot be part of itself", record.Name.Value))
				break
			}
			parent, _ = c.Places.Find(parent.PartOf.Value)
		}
	}
	return problems
}
