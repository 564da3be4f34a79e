import Vitrine

// OwnMethod NETWORK PICTURE FOLDER: explains a picture with what this package adds.
let arguments = CommandLine.arguments
precondition(arguments.count == 4, "usage: OwnMethod NETWORK PICTURE FOLDER")

var relevance = try ChosenMethod("lrp")
relevance.settings[.composite] = magnitudesFirst
