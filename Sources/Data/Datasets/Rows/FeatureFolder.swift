import Files

/// The files of a folder that hold features or the labels of them.
enum FeatureFolder {
  /// The files of features that make a folder one of features.
  static func files(in items: [FolderListing.Item]) -> [String] {
    items.filter { !$0.isFolder }.map(\.name)
      .filter {
        ["features.npy", "features.npz", "features.safetensors"].contains($0.lowercased())
      }
  }

  /// The file with the labels of `features` beside it: `NAME.labels.csv`, else `labels.csv` and the other names
  /// of tables in a folder of images, `labels.npy` or `y.npy`.
  ///
  /// - Parameter features: a file, with its folder.
  /// - Returns: nil where there is none.
  /// - Throws: ``DatasetError/severalTables(folder:tables:)``.
  static func labels(of features: String) throws(DatasetError) -> String? {
    let folder = FilePath.folder(of: features)
    let own = "\(FilePath.stem(of: features)).labels".lowercased()
    let files = try FolderListing.itemsOrDatasetError(folder).filter { !$0.isFolder }.map(\.name)
      .filter { $0 != FilePath.name(of: features) }
    let named = files.filter {
      FilePath.stem(of: $0).lowercased() == own && ImageTable.isTable($0)
    }
    let others = files.filter {
      ManifestReader.isTable($0) || ["labels.npy", "y.npy"].contains($0.lowercased())
    }
    let found = named.isEmpty ? others : named
    guard found.count < 2 else { throw .severalTables(folder: folder, tables: found) }
    return found.first.map { FilePath.join(folder, $0) }
  }
}
