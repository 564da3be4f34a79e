import SpectralData

extension SpectralDataset {
  /// What each spectrum may be called: its own name, and that of its file where this holds no other.
  var sampleKeys: [Set<String>] {
    let shared = Set(fileNames.filter { $0.value > 1 }.keys)
    return rows.indices.map { row in
      var keys: Set<String> = []
      if let name = names?[row], !name.isEmpty { keys.insert(name) }
      if let file = provenance?[row].file, !shared.contains(file) {
        keys.formUnion(FileName.keys(file))
      }
      return keys
    }
  }

  /// How many spectra each file holds.
  private var fileNames: [String: Int] {
    var counts: [String: Int] = [:]
    for file in (provenance ?? []).compactMap(\.file) { counts[file, default: 0] += 1 }
    return counts
  }

  /// The texts that patterns of names are tried on: of files, where each holds one spectrum.
  var patternTexts: [String] {
    let counts = fileNames
    return rows.indices.map { row in
      if let file = provenance?[row].file, counts.count > 1, counts[file] == 1 {
        return FileName.stem(file)
      }
      return names?[row] ?? provenance?[row].file.map(FileName.stem) ?? ""
    }
  }

  /// The folders that tell the files apart, one for each spectrum; nil when all lie in one.
  ///
  /// Those nearest to what all paths share are taken, but for folders called `train` and `test`.
  var folders: [String]? {
    guard let files = provenance?.map(\.file), !files.contains(nil) else { return nil }
    let paths = files.compactMap(\.self).map {
      $0.split(separator: "/").dropLast().map(String.init)
    }
    let depth = paths.map(\.count).min() ?? 0
    for level in 0..<depth {
      let folders = paths.map { $0[level] }
      let column = MetadataColumn(name: "folder", values: folders)
      if Set(folders).count > 1, !column.isSplit { return folders }
    }
    return nil
  }

  /// The names without the numbers that tools add to repeated headers (`HDPE`, `HDPE.1`, `HDPE.2`);
  /// nil when they do not repeat.
  var repeatedNames: [String]? {
    guard let names, names.count > 3 else { return nil }
    let all = Set(names)
    let stems = names.map { name -> String in
      guard let dot = name.lastIndex(of: "."), all.contains(String(name[..<dot])),
        name[name.index(after: dot)...].allSatisfy(\.isNumber)
      else { return name }
      return String(name[..<dot])
    }
    return (2...max(2, names.count / 2)).contains(Set(stems).count) ? stems : nil
  }

  /// The same spectra, called as their files where headers do not tell them apart.
  var namedByFiles: SpectralDataset {
    let counts = fileNames
    guard counts.count == rows.count, counts.count > 1, Set(names ?? []).count < rows.count else {
      return self
    }
    let stems = (provenance ?? []).compactMap(\.file).map(FileName.stem)
    return (try? with(names: stems)) ?? self
  }

  /// The same spectra with one more column that has one value.
  func adding(_ name: String, _ value: String) throws -> SpectralDataset {
    let column = MetadataColumn(name: name, values: rows.indices.map { _ in value })
    return try with(metadata: metadata + [column])
  }
}
