extension BandText {
  /// Bands of fats, oils and membranes.
  static let lipids = """
    technique,unit,from,to,assignment,group,reference
    IR,cm-1,3000,3015,=C-H stretching (cis),unsaturated lipids,Guillen 1997
    IR,cm-1,2915,2935,CH2 antisymmetric stretching,lipids,Socrates 2001
    IR,cm-1,2843,2863,CH2 symmetric stretching,lipids,Socrates 2001
    IR,cm-1,1735,1750,C=O stretching of esters,lipids,Guillen 1997
    IR,cm-1,1450,1475,CH2 bending,lipids,Socrates 2001
    IR,cm-1,1370,1385,CH3 symmetric bending,lipids,Guillen 1997
    IR,cm-1,1230,1245,C-O stretching of esters,lipids,Guillen 1997
    IR,cm-1,1155,1170,C-O stretching of esters,lipids,Guillen 1997
    IR,cm-1,1095,1120,C-O stretching of esters,lipids,Guillen 1997
    IR,cm-1,960,975,=C-H bending out of plane (trans),unsaturated lipids,Guillen 1997
    IR,cm-1,717,732,CH2 rocking,lipids,Socrates 2001
    Raman,Raman shift,3005,3020,=C-H stretching,unsaturated lipids,Czamara 2015
    Raman,Raman shift,2875,2890,CH2 antisymmetric stretching,lipids,Czamara 2015
    Raman,Raman shift,2845,2860,CH2 symmetric stretching,lipids,Czamara 2015
    Raman,Raman shift,1730,1750,C=O stretching of esters,lipids,Czamara 2015
    Raman,Raman shift,1650,1662,C=C stretching (cis),unsaturated lipids,Czamara 2015
    Raman,Raman shift,1435,1465,CH2 bending,lipids,Czamara 2015
    Raman,Raman shift,1295,1305,CH2 twisting,lipids,Czamara 2015
    Raman,Raman shift,1260,1275,=C-H bending,unsaturated lipids,Czamara 2015
    Raman,Raman shift,1120,1135,C-C stretching (trans chains),lipids,Czamara 2015
    Raman,Raman shift,1058,1068,C-C stretching (trans chains),lipids,Czamara 2015
    NIR,nm,905,940,C-H stretching third overtone,fats,Workman 2007
    NIR,nm,1190,1230,C-H stretching second overtone,fats,Workman 2007
    NIR,nm,1690,1770,C-H stretching first overtone,fats,Workman 2007
    NIR,nm,2300,2350,C-H combinations,fats,Workman 2007
    """
}
