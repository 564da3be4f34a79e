/// The tables of bands that are built in, as CSV; patterns for tables of one's own.
///
/// Ranges are wide enough for the usual shifts between substances.
enum BandText {
  /// Bands of DNA and RNA.
  static let nucleicAcids = """
    technique,unit,from,to,assignment,group,reference
    IR,cm-1,1220,1245,PO2- antisymmetric stretching,nucleic acids,Movasaghi 2008
    IR,cm-1,1075,1095,PO2- symmetric stretching,nucleic acids,Movasaghi 2008
    Raman,Raman shift,1570,1582,ring stretching of guanine and adenine,nucleic acids,De Gelder 2007
    Raman,Raman shift,1090,1102,PO2- symmetric stretching,nucleic acids,Movasaghi 2007
    Raman,Raman shift,780,792,ring breathing of cytosine thymine uracil,nucleic acids,De Gelder 2007
    Raman,Raman shift,718,730,ring breathing of adenine,nucleic acids,De Gelder 2007
    """

  /// Bands of carotenoids.
  static let carotenoids = """
    technique,unit,from,to,assignment,group,reference
    IR,cm-1,950,970,C-H bending out of plane of trans -CH=CH-,carotenoids,Schulz 2007
    Raman,Raman shift,1500,1536,C=C stretching,carotenoids,Schulz 2005
    Raman,Raman shift,1145,1165,C-C stretching,carotenoids,Schulz 2005
    Raman,Raman shift,1000,1010,CH3 rocking,carotenoids,Schulz 2005
    """

  /// Bands of water.
  static let water = """
    technique,unit,from,to,assignment,group,reference
    IR,cm-1,3200,3600,O-H stretching,water,Socrates 2001
    NIR,nm,960,990,O-H stretching second overtone,water,Workman 2007
    NIR,nm,1430,1470,O-H stretching first overtone,water,Workman 2007
    NIR,nm,1920,1950,O-H stretching and bending combination,water,Workman 2007
    """

  /// Bands of functional groups in other organic compounds.
  static let organics = """
    technique,unit,from,to,assignment,group,reference
    IR,cm-1,3200,3600,O-H stretching,alcohols,Socrates 2001
    IR,cm-1,2200,2260,C#N stretching,nitriles,Socrates 2001
    IR,cm-1,1700,1725,C=O stretching of carboxylic acids,acids,Socrates 2001
    IR,cm-1,1580,1615,aromatic ring stretching,aromatics,Socrates 2001
    IR,cm-1,1390,1415,COO- symmetric stretching,carboxylates,Socrates 2001
    """
}
