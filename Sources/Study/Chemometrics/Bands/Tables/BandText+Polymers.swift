extension BandText {
  /// Bands of plastics: attenuated total reflection in the infrared, Raman.
  static let polymers = """
    technique,unit,from,to,assignment,group,reference
    IR,cm-1,2909,2921,C-H stretching,HDPE,Jung 2018
    IR,cm-1,2839,2851,C-H stretching,HDPE,Jung 2018
    IR,cm-1,1466,1478,CH2 bending,HDPE,Jung 2018
    IR,cm-1,1456,1468,CH2 bending,HDPE,Jung 2018
    IR,cm-1,724,736,CH2 rocking,HDPE,Jung 2018
    IR,cm-1,711,723,CH2 rocking,HDPE,Jung 2018
    IR,cm-1,2909,2921,C-H stretching,LDPE,Jung 2018
    IR,cm-1,2839,2851,C-H stretching,LDPE,Jung 2018
    IR,cm-1,1461,1473,CH2 bending,LDPE,Jung 2018
    IR,cm-1,1456,1468,CH2 bending,LDPE,Jung 2018
    IR,cm-1,1371,1383,CH3 bending,LDPE,Jung 2018
    IR,cm-1,724,736,CH2 rocking,LDPE,Jung 2018
    IR,cm-1,711,723,CH2 rocking,LDPE,Jung 2018
    IR,cm-1,2944,2956,C-H stretching,PP,Jung 2018
    IR,cm-1,2909,2921,C-H stretching,PP,Jung 2018
    IR,cm-1,2832,2844,C-H stretching,PP,Jung 2018
    IR,cm-1,1449,1461,CH2 bending,PP,Jung 2018
    IR,cm-1,1371,1383,CH3 bending,PP,Jung 2018
    IR,cm-1,1160,1172,C-H bending and CH3 rocking and C-C stretching,PP,Jung 2018
    IR,cm-1,991,1003,CH3 rocking and bending and C-H bending,PP,Jung 2018
    IR,cm-1,966,978,CH3 rocking and C-C stretching,PP,Jung 2018
    IR,cm-1,834,846,CH2 rocking and C-CH3 stretching,PP,Jung 2018
    IR,cm-1,802,814,CH2 rocking and C-C stretching,PP,Jung 2018
    IR,cm-1,3018,3030,aromatic C-H stretching,PS,Jung 2018
    IR,cm-1,2841,2853,C-H stretching,PS,Jung 2018
    IR,cm-1,1595,1607,aromatic ring stretching,PS,Jung 2018
    IR,cm-1,1486,1498,aromatic ring stretching,PS,Jung 2018
    IR,cm-1,1445,1457,CH2 bending,PS,Jung 2018
    IR,cm-1,1021,1033,aromatic C-H bending,PS,Jung 2018
    IR,cm-1,688,700,aromatic C-H bending out of plane,PS,Jung 2018
    IR,cm-1,1707,1719,C=O stretching,PET,Jung 2018
    IR,cm-1,1235,1247,C-O stretching,PET,Jung 2018
    IR,cm-1,1088,1100,C-O stretching,PET,Jung 2018
    IR,cm-1,714,726,aromatic C-H bending out of plane,PET,Jung 2018
    IR,cm-1,1421,1433,CH2 bending,PVC,Jung 2018
    IR,cm-1,1325,1337,C-H bending,PVC,Jung 2018
    IR,cm-1,1249,1261,C-H bending,PVC,Jung 2018
    IR,cm-1,1093,1105,C-C stretching,PVC,Jung 2018
    IR,cm-1,960,972,CH2 rocking,PVC,Jung 2018
    IR,cm-1,610,622,C-Cl stretching,PVC,Jung 2018
    IR,cm-1,1715,1727,C=O stretching,PMMA,Jung 2018
    IR,cm-1,1427,1439,CH2 bending,PMMA,Jung 2018
    IR,cm-1,1232,1244,C-O stretching,PMMA,Jung 2018
    IR,cm-1,1135,1147,C-O stretching,PMMA,Jung 2018
    IR,cm-1,1762,1774,C=O stretching,PC,Jung 2018
    IR,cm-1,1497,1509,aromatic ring stretching,PC,Jung 2018
    IR,cm-1,1180,1192,C-O stretching,PC,Jung 2018
    IR,cm-1,3292,3304,N-H stretching,polyamide,Jung 2018
    IR,cm-1,1628,1640,C=O stretching,polyamide,Jung 2018
    IR,cm-1,1532,1544,N-H bending and C-N stretching,polyamide,Jung 2018
    IR,cm-1,1195,1207,CF2 stretching,PTFE,Jung 2018
    IR,cm-1,1141,1153,CF2 stretching,PTFE,Jung 2018
    Raman,Raman shift,2877,2887,CH2 antisymmetric stretching,PE,Nava 2021
    Raman,Raman shift,2843,2853,CH2 symmetric stretching,PE,Nava 2021
    Raman,Raman shift,1435,1445,CH2 bending,PE,Nava 2021
    Raman,Raman shift,1290,1300,CH2 twisting,PE,Nava 2021
    Raman,Raman shift,1125,1135,C-C stretching,PE,Nava 2021
    Raman,Raman shift,1057,1067,C-C stretching,PE,Nava 2021
    Raman,Raman shift,1453,1463,CH3 and CH2 bending,PP,Nava 2021
    Raman,Raman shift,1324,1334,C-H bending and CH2 twisting,PP,Nava 2021
    Raman,Raman shift,1146,1156,C-C stretching and C-H bending,PP,Nava 2021
    Raman,Raman shift,968,978,CH3 rocking and C-C stretching,PP,Nava 2021
    Raman,Raman shift,836,846,CH2 rocking,PP,Nava 2021
    Raman,Raman shift,804,814,CH2 rocking and C-C stretching,PP,Nava 2021
    Raman,Raman shift,393,403,CH2 wagging and C-H bending,PP,Nava 2021
    Raman,Raman shift,3049,3059,aromatic C-H stretching,PS,Nava 2021
    Raman,Raman shift,1597,1607,aromatic ring stretching,PS,Nava 2021
    Raman,Raman shift,1026,1036,aromatic C-H bending in plane,PS,Nava 2021
    Raman,Raman shift,996,1006,ring breathing,PS,Nava 2021
    Raman,Raman shift,615,625,ring deformation,PS,Nava 2021
    Raman,Raman shift,1722,1732,C=O stretching,PET,Nava 2021
    Raman,Raman shift,1610,1620,aromatic ring stretching,PET,Nava 2021
    Raman,Raman shift,1283,1293,C-O stretching,PET,Nava 2021
    Raman,Raman shift,853,863,ring and ester deformation,PET,Nava 2021
    Raman,Raman shift,627,637,ring deformation,PET,Nava 2021
    Raman,Raman shift,1425,1435,CH2 bending,PVC,Nava 2021
    Raman,Raman shift,688,698,C-Cl stretching,PVC,Nava 2021
    Raman,Raman shift,632,642,C-Cl stretching,PVC,Nava 2021
    Raman,Raman shift,1723,1733,C=O stretching,PMMA,Nava 2021
    Raman,Raman shift,1447,1457,CH3 bending,PMMA,Nava 2021
    Raman,Raman shift,807,817,C-O-C stretching,PMMA,Nava 2021
    """
}
