//! The book says what the code does: every page is reached, every link leads somewhere, and every
//! code and rule has its heading with its meaning.
