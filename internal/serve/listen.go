package serve

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// loopback is the address that only this computer reaches.
const loopback = "127.0.0.1"

// Listen takes a port of the loopback address 127.0.0.1, or of [Options.Host].
// With port 0 it takes 1313, or the next one that is free. The error says in
// plain English why the port cannot be had.
func (s *Server) Listen(port int) error {
	listener, err := listen(cmp.Or(s.host, loopback), port)
	if err != nil {
		return err
	}
	s.listener = listener
	s.names = namesOf(listener, s.host)
	return nil
}

func listen(host string, port int) (net.Listener, error) {
	if port < 0 || port > 65535 {
		return nil, fmt.Errorf("there is no port %d: choose one from 1024 to 65535", port)
	}
	network := "tcp"
	if host == loopback {
		network = "tcp4"
	}
	on := func(port int) (net.Listener, error) {
		return net.Listen(network, net.JoinHostPort(host, strconv.Itoa(port)))
	}
	if port == 0 {
		for try := firstPort; try < firstPort+portsTried; try++ {
			if listener, err := on(try); err == nil {
				return listener, nil
			}
		}
	}
	listener, err := on(port)
	var lookup *net.DNSError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("port %d is used by another program: choose another port, or none to have a free one found", port)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("port %d is kept for the system: choose one from 1024 to 65535", port)
	case errors.Is(err, syscall.EADDRNOTAVAIL), errors.As(err, &lookup):
		return nil, fmt.Errorf("this computer has no address %s: leave it out, or write 0.0.0.0 for every network that the computer is in", host)
	case err != nil:
		return nil, fmt.Errorf("listening on port %d: %w", port, err)
	}
	return listener, nil
}

// Exposed reports whether other computers can reach the server, once it
// listens.
func (s *Server) Exposed() bool { return s.names.exposed }

// URL is the address of the site's home page, once the server listens.
func (s *Server) URL() string {
	if s.listener == nil {
		return ""
	}
	address := s.listener.Addr().(*net.TCPAddr)
	host := address.IP.String()
	if address.IP.IsUnspecified() {
		host = loopback
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(address.Port)) + *s.base.Load()
}

// names are what the Host header of a request may say. Any web site can have
// its name lead to this computer (DNS rebinding), but the name that the browser
// then sends gives it away.
type names struct {
	known   map[string]bool // without the port
	port    string
	exposed bool
}

func namesOf(listener net.Listener, host string) names {
	address := listener.Addr().(*net.TCPAddr)
	n := names{port: strconv.Itoa(address.Port), exposed: !address.IP.IsLoopback()}
	n.known = map[string]bool{loopback: true, "localhost": true, "::1": true}
	if host != "" {
		n.known[strings.ToLower(host)] = true
	}
	if own, err := os.Hostname(); err == nil && n.exposed {
		own = strings.ToLower(own)
		n.known[own], n.known[own+".local"] = true, true
	}
	return n
}

// include reports whether a request to a host is meant for this server. To one
// that other computers reach, they may come by any of its addresses in figures,
// which no web site can have for a name.
func (n names) include(host string) bool {
	name, port, err := net.SplitHostPort(host)
	if err != nil && n.port == "80" { // which browsers leave out
		name, port = strings.Trim(host, "[]"), "80"
	}
	if port != n.port {
		return false
	}
	if n.exposed {
		if _, err := netip.ParseAddr(name); err == nil {
			return true
		}
	}
	return n.known[strings.ToLower(name)]
}
