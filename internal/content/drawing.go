package content

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"

	"bulletin/internal/diag"
)

// svgSpace and htmlSpace are XML name spaces.
const (
	svgSpace  = "http://www.w3.org/2000/svg"
	htmlSpace = "http://www.w3.org/1999/xhtml"
)

// readDrawing reads an SVG drawing. It is published as it is, so that whatever
// could act on a reader's behalf, or fetch something from elsewhere, is a
// problem: opened by itself, a drawing is a page of the site.
func readDrawing(file string, r io.Reader) (*Picture, diag.List) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, diag.List{broken(file, cause(err))}
	}
	d := drawing{file: file, decoder: xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))}
	d.decoder.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errCharset }
	p := &Picture{Format: SVG, Orientation: Upright}
	for {
		line, col := d.decoder.InputPos()
		d.at = diag.Pos{File: file, Line: line, Col: col}
		token, err := d.decoder.Token()
		if errors.Is(err, io.EOF) && d.root {
			break
		}
		if err != nil {
			return nil, diag.List{d.damaged(err)}
		}
		switch t := token.(type) {
		case xml.StartElement:
			if !d.root {
				p.Width, p.Height = drawingSize(t)
			}
			d.element(t)
			d.copies.start(t)
		case xml.EndElement:
			d.copies.end()
			d.style(string(d.css))
			d.css, d.inStyle = d.css[:0], false
		case xml.CharData:
			if d.inStyle {
				d.css = append(d.css, t...)
			}
		case xml.ProcInst:
			if t.Target != "xml" {
				d.refuse("an instruction for other programs, <?%s ...?>", t.Target)
			}
		case xml.Directive:
			if bytes.ContainsAny(t, "[") {
				d.refuse("definitions of its own (<!DOCTYPE ... [)")
			}
		}
	}
	if d.copies.whole.shown() > mostShown {
		d.problems.Add(diag.Errorf(diag.Pos{File: file, Line: 1, Col: 1}, "svg-unsafe", "save it without copies of copies (<use>), or as PNG",
			"the drawing `%s` shows copies of its parts more than half a million times over, for which a browser needs minutes", path.Base(file)))
	}
	if len(d.problems) > 0 {
		return nil, d.problems
	}
	return p, nil
}

// drawing is an SVG drawing that is being read.
type drawing struct {
	file    string
	decoder *xml.Decoder
	at      diag.Pos
	root    bool
	// inStyle tells that css, a style sheet, is being read.
	inStyle  bool
	css      []byte
	copies   copies
	problems diag.List
}

// errCharset says that a drawing is not UTF-8.
var errCharset = errors.New("it is not UTF-8")

func (d *drawing) damaged(err error) diag.Problem {
	why := "it is no SVG drawing"
	var syntax *xml.SyntaxError
	switch {
	case errors.As(err, &syntax):
		d.at.Line, d.at.Col = syntax.Line, 0
		why = "its XML is damaged (" + syntax.Msg + ")"
	case errors.Is(err, errCharset):
		why = errCharset.Error()
	}
	p := broken(d.file, why)
	p.Pos, p.Hint = d.at, "open it in a program for drawings and save it again as plain SVG"
	return p
}

func (d *drawing) refuse(format string, args ...any) {
	d.problems.Add(diag.Errorf(d.at, "svg-unsafe", "save it as plain SVG without scripts and linked files, or as PNG",
		"the drawing `"+path.Base(d.file)+"` holds "+format+", which could act in the reader's browser or fetch something from another site", args...))
}

// acting are elements that run or show something of their own.
var acting = map[string]bool{
	"script": true, "foreignobject": true, "iframe": true, "object": true, "embed": true, "audio": true, "video": true, "handler": true, "listener": true,
}

// element looks at an element and its attributes.
func (d *drawing) element(t xml.StartElement) {
	name := strings.ToLower(t.Name.Local)
	if !d.root {
		d.root = true
		if name != "svg" || t.Name.Space != svgSpace {
			p := broken(d.file, "it is no SVG drawing")
			p.Pos = d.at
			d.problems.Add(p)
		}
	}
	if acting[name] || t.Name.Space == htmlSpace {
		d.refuse("the element <%s>", t.Name.Local)
	}
	d.inStyle = name == "style"
	for _, a := range t.Attr {
		d.attribute(name, a)
	}
}

func (d *drawing) attribute(element string, a xml.Attr) {
	name, value := strings.ToLower(a.Name.Local), strings.TrimSpace(a.Value)
	switch {
	case strings.HasPrefix(name, "on"):
		d.refuse("the script `%s`", a.Name.Local)
	case a.Name.Space != "" && name == "base":
		d.refuse("a base for its addresses, `xml:base`")
	case name == "href" || name == "src" && a.Name.Space == "":
		if !allowedTarget(element, value) {
			d.refuse("the address `%s`", shorten(value))
		}
	case name == "attributename":
		if target := strings.ToLower(value); strings.HasPrefix(target, "on") || strings.HasSuffix(target, "href") {
			d.refuse("an animation of `%s`", value)
		}
	case strings.Contains(value, "("):
		d.style(value)
	}
}

// embedded are the beginnings of pictures that a drawing holds itself.
var embedded = []string{"data:image/png;", "data:image/jpeg;", "data:image/gif;", "data:image/webp;"}

// allowedTarget reports whether an element may name an address: one within the
// drawing, a picture that it holds, or, in a link, a page.
func allowedTarget(element, target string) bool {
	if target == "" || strings.HasPrefix(target, "#") {
		return true
	}
	if element == "a" {
		return strings.HasPrefix(target, "https://") || strings.HasPrefix(target, "http://")
	}
	for _, start := range embedded {
		if strings.HasPrefix(target, start) {
			return true
		}
	}
	return false
}

// fetches finds the addresses in CSS.
var fetches = regexp.MustCompile(`(?i)url\(\s*["']?\s*([^"')\s]*)|@import|image-set|src\(|\\`)

// style looks at CSS, of which any attribute may hold some. A backslash could
// hide what it says.
func (d *drawing) style(css string) {
	for _, m := range fetches.FindAllStringSubmatch(css, -1) {
		if m[1] == "" || !allowedTarget("", m[1]) {
			d.refuse("the style `%s`", shorten(m[0]))
		}
	}
}

func shorten(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// drawingSize gives the size that a drawing asks for, in pixels of CSS; zero
// if it asks for none, or for a part of the room there is.
func drawingSize(svg xml.StartElement) (width, height int) {
	var w, h, boxW, boxH float64
	for _, a := range svg.Attr {
		switch a.Name.Local {
		case "width":
			w = pixels(a.Value)
		case "height":
			h = pixels(a.Value)
		case "viewBox":
			if box := strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' }); len(box) == 4 {
				boxW, boxH = pixels(box[2]), pixels(box[3])
			}
		}
	}
	switch {
	case w > 0 && h > 0:
	case boxW <= 0 || boxH <= 0:
		return 0, 0
	case w > 0:
		h = w / boxW * boxH
	case h > 0:
		w = h / boxH * boxW
	default:
		w, h = boxW, boxH
	}
	return max(1, int(math.Round(min(w, MaxSide)))), max(1, int(math.Round(min(h, MaxSide))))
}

// units are the lengths of CSS in pixels (CSS Values and Units, section 6.2).
var units = map[string]float64{"": 1, "px": 1, "pt": 96.0 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}

func pixels(length string) float64 {
	length = strings.TrimSpace(length)
	number := strings.TrimRight(length, "abcdefghijklmnopqrstuvwxyz%")
	n, err := strconv.ParseFloat(number, 64)
	unit, known := units[length[len(number):]]
	if err != nil || !known || math.IsNaN(n) || math.IsInf(n, 0) || n <= 0 {
		return 0
	}
	return n * unit
}
