import Files

/// A folder with one file of features, `features.npy` or `features.npz`.
enum FeatureFolder {
  /// The files of features.
  static func files(in items: [FolderListing.Item]) -> [String] {
    items.filter { !$0.isFolder }.map(\.name)
      .filter { ["features.npy", "features.npz"].contains($0.lowercased()) }
  }
}
