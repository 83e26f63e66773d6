import Files
import Imaging

extension Dataset {
  /// SHA-256 over path, label, group and split of every example: tells whether two runs saw the same
  /// list of images in the same splits. It does not cover the pixels. Names that classes are shown by do
  /// not count.
  public var digest: String {
    var bytes: [UInt8] = []
    let original = originalLabels
    for example in examples {
      let label =
        example.labels?.digestText ?? example.label.map { original[$0] ?? $0 }
      for text in [example.path, label, example.group, example.split?.rawValue] {
        bytes += (text ?? "").utf8
        bytes.append(0)
      }
    }
    return SHA256.hexadecimal(bytes)
  }
}

extension [Bool?] {
  /// One letter a label.
  fileprivate var digestText: String {
    String(map { $0 == nil ? "?" : $0 == true ? "1" : "0" } as [Character])
  }
}
