/// Where images are kept once they are decoded and scaled, so that later epochs need not do it again.
public enum ImageCacheChoice: String, Sendable, CaseIterable, Codable {
  /// In memory where all fit; else in a file where they take a quarter of the free disk at most; else as many in memory as
  /// fit.
  case auto
  /// In memory, as many as fit.
  case ram
  /// In a file that all programs of the user share.
  case disk
  /// Nowhere: every epoch decodes.
  case off

  /// Where they go.
  public enum Place: Sendable, Equatable { case memory, disk, nowhere }

  /// What the choice comes to.
  ///
  /// - Parameters:
  ///   - bytes: of all prepared images.
  ///   - memory: bytes that they may take in memory; of 0 `auto` keeps nothing.
  ///   - free: bytes free on the disk.
  ///   - epochs: of the run; of one, nothing is read twice.
  public func place(of bytes: Int, memory: Int, free: Int, epochs: Int) -> Place {
    switch self {
    case .off: .nowhere
    case .ram: .memory
    case .disk: .disk
    case .auto where memory == 0: .nowhere
    case .auto: bytes > memory && epochs > 1 && bytes <= free / 4 ? .disk : .memory
    }
  }
}
