/// What a file that should hold weights is instead, seen from its first bytes.
public enum ForeignContent: String, Sendable, CaseIterable {
  /// No bytes at all.
  case empty
  /// The few lines that stand for a large file in a git repository.
  case lfsPointer
  /// A page for a browser.
  case webPage
  /// An answer of a store, such as `AccessDenied`.
  case xml
  /// A JSON text.
  case json
  case gzip
  case tar
  /// Keras's HDF5.
  case hdf5
  /// A zip archive, as `torch.save` makes.
  case zip
  /// A pickle: of `torch.save` from before version 1.6, or any other.
  case pickle
  /// A safetensors file.
  case safetensors

  /// What the bytes are; `nil` where they are nothing that is known here.
  package init?(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else {
      self = .empty
      return
    }
    func starts(_ text: String) -> Bool { bytes.starts(with: Array(text.utf8)) }
    let head = String(decoding: bytes.prefix(64), as: UTF8.self).drop { $0.isWhitespace }
      .lowercased()
    if Self.isSafetensors(bytes) {
      // First: a length of 896 begins as a pickle does, and others as gzip's.
      self = .safetensors
    } else if starts("version https://git-lfs.github.com/") {
      self = .lfsPointer
    } else if head.hasPrefix("<!doctype html") || head.hasPrefix("<html") {
      self = .webPage
    } else if head.hasPrefix("<?xml") {
      self = .xml
    } else if starts("PK\u{3}\u{4}") || starts("PK\u{5}\u{6}") {
      self = .zip
    } else if bytes.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if bytes.starts(with: [0x89] + Array("HDF\r\n".utf8)) {
      self = .hdf5
    } else if bytes.count > 262, bytes[257..<262].elementsEqual(Array("ustar".utf8)) {
      self = .tar
    } else if bytes[0] == 0x80, bytes.count > 1, (2...5).contains(bytes[1]) {
      self = .pickle
    } else if head.hasPrefix("{") || head.hasPrefix("[") {
      self = .json
    } else {
      return nil
    }
  }

  /// Eight bytes of a length that fits, then the brace of a JSON object.
  private static func isSafetensors(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count > 8, bytes[8] == UInt8(ascii: "{") else { return false }
    return UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)) <= 100_000_000
  }

  /// What it is, and what to do; the verb first.
  var advice: String {
    switch self {
    case .empty: "is empty; copy or download it again"
    case .lfsPointer:
      "is a Git LFS pointer, which stands for the file in a repository; fetch the file with: git lfs pull"
    case .webPage:
      "is a web page and no file of weights; the address needs a login, or is that of the page about the"
        + " file"
    case .xml:
      "is an XML text and no file of weights, perhaps the refusal of a server; look into it"
    case .json: "is a JSON text and no file of weights"
    case .gzip: "is compressed by gzip; unpack it first"
    case .tar: "is a tar archive; unpack it first"
    case .hdf5: "is an HDF5 file, as Keras writes, which is not read; save the weights from PyTorch"
    case .zip: "is a zip archive, as torch.save writes it: give it the name .pth to have it read"
    case .pickle:
      "is a Python pickle, as torch.save wrote it before 1.6: give it the name .pth to have it read;"
        + " nothing in it is ever run"
    case .safetensors: "is a safetensors file: give it the name .safetensors to have it read"
    }
  }
}
