## The desk's window.
