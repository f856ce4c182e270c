## Native pop-ups of the desk.
