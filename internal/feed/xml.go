package feed

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/gorilla/feeds"
)

// document is a root element with what stands before it. It goes through the
// feed library's writer, which asks for FeedXml.
type document struct {
	root       any
	stylesheet string
}

// FeedXml gives what is marshalled; the name is the library's.
func (d document) FeedXml() any { return d }

// MarshalXML writes the stylesheet's processing instruction, if there is one
// (https://www.w3.org/TR/xml-stylesheet/), and the root element.
func (d document) MarshalXML(e *xml.Encoder, _ xml.StartElement) error {
	prolog := []xml.Token{xml.CharData("\n")}
	if d.stylesheet != "" {
		instruction := fmt.Sprintf(`type="text/css" href="%s"`, attributeEscaper.Replace(d.stylesheet))
		prolog = append(prolog, xml.ProcInst{Target: "xml-stylesheet", Inst: []byte(instruction)}, xml.CharData("\n"))
	}
	for _, token := range prolog {
		if err := e.EncodeToken(token); err != nil {
			return err
		}
	}
	return e.Encode(d.root)
}

var attributeEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// writeXML writes a document with its XML declaration and a final line end.
func writeXML(w io.Writer, d document) error {
	if err := feeds.WriteXML(d, w); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// element is an XML element whose inside is escaped already.
type element struct {
	Inner string `xml:",innerxml"`
}

// text is an element that holds plain text, or nil for "". Markup is written
// as hexadecimal references, which most readers take for plain text where
// "&amp;" or "&lt;" makes some of them see HTML (RSS profile, "Character
// Data").
func text(s string) *element {
	if s == "" {
		return nil
	}
	return &element{hexEscaper.Replace(s)}
}

var hexEscaper = strings.NewReplacer("&", "&#x26;", "<", "&#x3C;", ">", "&#x3E;")

// texts is text for each of several.
func texts(list []string) []*element {
	out := make([]*element, len(list))
	for i, s := range list {
		out[i] = text(s)
	}
	return out
}

// cdata wraps HTML in as many CDATA sections as it takes.
func cdata(html string) string {
	return "<![CDATA[" + strings.ReplaceAll(html, "]]>", "]]]]><![CDATA[>") + "]]>"
}

// media is a file in the Media RSS vocabulary, which both RSS and Atom use for
// what they have no element for: pictures with a text alternative, and files
// after the first.
type media struct {
	URL    string `xml:"url,attr"`
	Type   string `xml:"type,attr,omitempty"`
	Size   int64  `xml:"fileSize,attr,omitempty"`
	Medium string `xml:"medium,attr"`
	// Title is the file's; Description is a picture's text alternative.
	Title       *element          `xml:"media:title"`
	Description *mediaDescription `xml:"media:description"`
}

type mediaDescription struct {
	Type string `xml:"type,attr"`
	element
}

const (
	atomNamespace    = "http://www.w3.org/2005/Atom"
	contentNamespace = "http://purl.org/rss/1.0/modules/content/"
	dcNamespace      = "http://purl.org/dc/elements/1.1/"
	mediaNamespace   = "http://search.yahoo.com/mrss/"
)

// picture is the item's main picture, or nil.
func picture(it *Item) []*media {
	if it.Image == "" {
		return nil
	}
	m := &media{URL: it.Image, Medium: "image"}
	if it.ImageAlt != "" {
		m.Description = &mediaDescription{"plain", *text(it.ImageAlt)}
	}
	for _, e := range it.Enclosures {
		if e.URL == it.Image {
			m.Type, m.Size = e.Type, e.Length
		}
	}
	return []*media{m}
}

// file is an enclosure in the Media RSS vocabulary.
func file(e Enclosure) *media {
	medium := "document"
	if kind, _, _ := strings.Cut(e.Type, "/"); kind == "image" || kind == "audio" || kind == "video" {
		medium = kind
	}
	return &media{URL: e.URL, Type: e.Type, Size: e.Length, Medium: medium, Title: text(e.Title)}
}
