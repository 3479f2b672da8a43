package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path"
	"path/filepath"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"
)

// picture draws a picture of the kind that the ending of its name says:
//
//	picture FILE WIDTH HEIGHT [NOTE]
//
// The note is written where cameras and programs leave theirs. A JPEG with a
// note is stored lying on its side, as a telephone that is held upright stores
// it. Of a picture with more pixels than a test should draw, only the header is
// written.
func picture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || len(args) > 4 {
		ts.Fatalf("usage: picture FILE WIDTH HEIGHT [NOTE]")
	}
	width, err := strconv.Atoi(args[1])
	ts.Check(err)
	height, err := strconv.Atoi(args[2])
	ts.Check(err)
	note := ""
	if len(args) == 4 {
		note = args[3]
	}
	data, err := drawn(path.Ext(args[0]), width, height, note)
	ts.Check(err)
	file := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(file), 0o755))
	ts.Check(os.WriteFile(file, data, 0o644))
}

func drawn(kind string, width, height int, note string) ([]byte, error) {
	if width*height > 50_000_000 {
		return append([]byte("\x89PNG\r\n\x1a\n"), pngHeader(width, height)...), nil
	}
	i := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.White, color.NRGBA{21, 94, 99, 255}})
	for y := range height {
		for x := range width {
			if 3*x < width && 3*y < height { // one corner tells how it lies
				i.SetColorIndex(x, y, 1)
			}
		}
	}
	var b bytes.Buffer
	switch kind {
	case ".png":
		if err := png.Encode(&b, i); err != nil {
			return nil, err
		}
		const header = 33 // the signature and the chunk IHDR
		return bytes.Join([][]byte{b.Bytes()[:header], chunk("tEXt", []byte("Comment\x00"+note)), b.Bytes()[header:]}, nil), nil
	case ".gif":
		frames := &gif.GIF{Image: []*image.Paletted{i}, Delay: []int{50}}
		if note == "moves" {
			frames.Image, frames.Delay = append(frames.Image, i), append(frames.Delay, 50)
		}
		err := gif.EncodeAll(&b, frames)
		return b.Bytes(), err
	}
	if err := jpeg.Encode(&b, i, nil); err != nil || note == "" {
		return b.Bytes(), err
	}
	// One entry, of the type "short": the tag Orientation is 6.
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00" + note
	return bytes.Join([][]byte{b.Bytes()[:2], segment(0xe1, exif), segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00"+note), segment(0xfe, note), b.Bytes()[2:]}, nil), nil
}

// segment makes a segment of a JPEG.
func segment(marker byte, text string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(text)+2)), text...)
}

// chunk makes a chunk of a PNG.
func chunk(name string, data []byte) []byte {
	body := append([]byte(name), data...)
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	return binary.BigEndian.AppendUint32(append(out, body...), crc32.ChecksumIEEE(body))
}

func pngHeader(width, height int) []byte {
	data := binary.BigEndian.AppendUint32(nil, uint32(width))
	data = binary.BigEndian.AppendUint32(data, uint32(height))
	return chunk("IHDR", append(data, 8, 2, 0, 0, 0))
}

// measure prints the kind and the size in pixels of pictures:
//
//	measure FILE...
func measure(ts *testscript.TestScript, neg bool, args []string) {
	for _, file := range args {
		c, kind, err := image.DecodeConfig(bytes.NewReader([]byte(ts.ReadFile(file))))
		ts.Check(err)
		fmt.Fprintf(ts.Stdout(), "%s %s %dx%d\n", file, kind, c.Width, c.Height)
	}
}
