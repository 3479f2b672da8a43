package check

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// officeAuthors gives the authors that a document of Office (ECMA-376, part 2,
// core properties) or OpenDocument (part 2, 4.3) names.
func officeAuthors(data []byte) []string {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil
	}
	for _, name := range []string{"docProps/core.xml", "meta.xml"} {
		f, err := archive.Open(name)
		if err != nil {
			continue
		}
		const most = 1 << 20 // bytes
		names := creators(io.LimitReader(f, most))
		_ = f.Close() // nothing was written
		return names
	}
	return nil
}

// creators reads the elements that name people out of metadata. What comes
// after a fault is left out.
func creators(r io.Reader) []string {
	var names []string
	decoder := xml.NewDecoder(r)
	decoder.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("only UTF-8 is read") }
	within := ""
	for {
		token, err := decoder.Token()
		if err != nil {
			return names
		}
		switch t := token.(type) {
		case xml.StartElement:
			within = t.Name.Local
		case xml.EndElement:
			within = ""
		case xml.CharData:
			switch within {
			case "creator", "lastModifiedBy", "initial-creator":
				names = append(names, strings.Split(string(t), ";")...)
			}
		}
	}
}
