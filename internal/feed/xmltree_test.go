package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// node is an XML element as a parser sees it. Its name is written with the
// prefix that the feed formats use for the element's namespace.
type node struct {
	name     string
	attrs    map[string]string
	children []*node
	text     string
}

var prefixes = map[string]string{
	atomNamespace: "atom:", contentNamespace: "content:", dcNamespace: "dc:", mediaNamespace: "media:",
	"http://www.w3.org/XML/1998/namespace": "xml:", "": "",
}

func prefixed(n xml.Name) string {
	prefix, known := prefixes[n.Space]
	if !known {
		prefix = "{" + n.Space + "}"
	}
	return prefix + n.Local
}

// parseXML reads a whole document, strictly.
func parseXML(doc []byte) (*node, error) {
	root := &node{}
	stack := []*node{root}
	decoder := xml.NewDecoder(bytes.NewReader(doc))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		top := stack[len(stack)-1]
		switch token := token.(type) {
		case xml.StartElement:
			child := &node{name: prefixed(token.Name), attrs: map[string]string{}}
			for _, a := range token.Attr {
				if _, twice := child.attrs[prefixed(a.Name)]; twice {
					return nil, fmt.Errorf("attribute %s twice", a.Name.Local)
				}
				child.attrs[prefixed(a.Name)] = a.Value
			}
			top.children = append(top.children, child)
			stack = append(stack, child)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text += string(token)
		}
	}
	if len(root.children) != 1 || strings.TrimSpace(root.text) != "" {
		return nil, fmt.Errorf("%d root elements, and text %q beside them", len(root.children), root.text)
	}
	return root.children[0], nil
}

// all gives the children of a name.
func (n *node) all(name string) []*node {
	var out []*node
	for _, child := range n.children {
		if child.name == name {
			out = append(out, child)
		}
	}
	return out
}

// value is the text of the first child of a name, or "".
func (n *node) value(name string) string {
	if found := n.all(name); len(found) > 0 {
		return found[0].text
	}
	return ""
}
