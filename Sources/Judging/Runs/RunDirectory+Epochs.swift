public import Files

extension RunDirectory {
  private static let epochStart = "epoch-"
  private static let epochEnd = ".safetensors"

  /// Where the weights of an epoch are kept: `checkpoints/epoch-0012.safetensors`.
  ///
  /// - Parameter number: the epoch, from 1.
  public func checkpoint(ofEpoch number: Int) -> String {
    let digits = String(number)
    let zeros = String(repeating: "0", count: max(4 - digits.count, 0))
    return FilePath.join(checkpoints, Self.epochStart + zeros + digits + Self.epochEnd)
  }

  /// The epochs whose weights are kept, `[K]`, ascending.
  ///
  /// - Throws: `FileError` when the folder may not be read.
  public func keptEpochs() throws(FileError) -> [Int] {
    try FolderListing.items(checkpoints).compactMap { item in
      let name = item.name
      guard name.hasPrefix(Self.epochStart), name.hasSuffix(Self.epochEnd), !item.isFolder,
        let number = Int(name.dropFirst(Self.epochStart.count).dropLast(Self.epochEnd.count))
      else { return nil }
      // Anything else of such a name (`epoch-7`, `epoch--003`) is no file that an epoch is read from.
      return number >= 1 && FilePath.name(of: checkpoint(ofEpoch: number)) == name ? number : nil
    }.sorted()
  }
}
