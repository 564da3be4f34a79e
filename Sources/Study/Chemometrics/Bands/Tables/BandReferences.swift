extension BandTable {
  /// The works that the built-in bands are taken from, by the words used in `reference`.
  package static let references: [String: String] = [
    "Andersen 1991":
      "F. A. Andersen, L. Brečević, Acta Chemica Scandinavica 45 (1991) 1018–1024",
    "Awonusi 2007":
      "A. Awonusi, M. D. Morris, M. M. J. Tecklenburg, Calcified Tissue International 81 (2007) 46–52",
    "Barth 2007":
      "A. Barth, Biochimica et Biophysica Acta – Bioenergetics 1767 (2007) 1073–1101",
    "Buzgar 2009a":
      "N. Buzgar, A. I. Apopei, Analele Științifice ale Universității “Al. I. Cuza” Iași, Geologie 55/2 "
      + "(2009) 97–112",
    "Buzgar 2009b":
      "N. Buzgar, A. Buzatu, I. V. Sanislav, Analele Științifice ale Universității “Al. I. Cuza” Iași, "
      + "Geologie 55/1 (2009) 5–23",
    "Czamara 2015":
      "K. Czamara et al., Journal of Raman Spectroscopy 46 (2015) 4–20",
    "De Gelder 2007":
      "J. De Gelder et al., Journal of Raman Spectroscopy 38 (2007) 1133–1147",
    "Elliott 1994":
      "J. C. Elliott, Structure and Chemistry of the Apatites and Other Calcium Orthophosphates, "
      + "Elsevier, 1994",
    "Farmer 1974":
      "V. C. Farmer (ed.), The Infrared Spectra of Minerals, Mineralogical Society, 1974",
    "Guillen 1997":
      "M. D. Guillén, N. Cabo, Journal of the Science of Food and Agriculture 75 (1997) 1–11",
    "Jung 2018":
      "M. R. Jung et al., Marine Pollution Bulletin 127 (2018) 704–716",
    "Kingma 1994":
      "K. J. Kingma, R. J. Hemley, American Mineralogist 79 (1994) 269–273",
    "Kizil 2002":
      "R. Kizil, J. Irudayaraj, K. Seetharaman, Journal of Agricultural and Food Chemistry 50 (2002) "
      + "3912–3918",
    "Madejova 2003":
      "J. Madejová, Vibrational Spectroscopy 31 (2003) 1–10",
    "Movasaghi 2007":
      "Z. Movasaghi, S. Rehman, I. U. Rehman, Applied Spectroscopy Reviews 42 (2007) 493–541",
    "Movasaghi 2008":
      "Z. Movasaghi, S. Rehman, I. U. Rehman, Applied Spectroscopy Reviews 43 (2008) 134–179",
    "Nava 2021":
      "V. Nava, M. L. Frezzotti, B. Leoni, Applied Spectroscopy 75 (2021) 1341–1357",
    "Ohsaka 1978":
      "T. Ohsaka, F. Izumi, Y. Fujiki, Journal of Raman Spectroscopy 7 (1978) 321–324",
    "Schulz 2005":
      "H. Schulz, M. Baranska, R. Baranski, Biopolymers 77 (2005) 212–221",
    "Schulz 2007":
      "H. Schulz, M. Baranska, Vibrational Spectroscopy 43 (2007) 13–25",
    "Schwanninger 2004":
      "M. Schwanninger et al., Vibrational Spectroscopy 36 (2004) 23–40",
    "Socrates 2001":
      "G. Socrates, Infrared and Raman Characteristic Group Frequencies, 3rd ed., Wiley, 2001",
    "Wiercigroch 2017":
      "E. Wiercigroch et al., Spectrochimica Acta Part A 185 (2017) 317–335",
    "Workman 2007":
      "J. Workman, L. Weyer, Practical Guide to Interpretive Near-Infrared Spectroscopy, CRC, 2007",
    "de Faria 1997":
      "D. L. A. de Faria, S. Venâncio Silva, M. T. de Oliveira, Journal of Raman Spectroscopy 28 (1997) "
      + "873–878",
  ]
}
