import Datasets
import Files
import Foundation
import Imaging
import TestSupport
import Weights

extension FuzzTarget {
  private static func goldens(_ files: String...) -> @Sendable () throws -> [[UInt8]] {
    { try files.map { try FileBytes.read(Golden.path($0)) } }
  }

  /// Writes without waiting for the disk.
  static func put(_ bytes: [UInt8], _ folder: String, _ name: String) throws -> String {
    let path = FilePath.join(folder, name)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  private static func open(_ path: String) throws {
    let data = try Dataset.open(path)
    guard let last = data.examples.indices.last else { return }
    _ = try data.inputKind == .images ? data.image(at: last).pixels : data.bytes(at: last)
  }

  static let arrays = [
    FuzzTarget(
      name: "npy",
      seeds: goldens(
        "Imaging/Stored/uint8.npy", "Imaging/Stored/fortran.npy", "Imaging/Stored/half.npy",
        "Imaging/Stored/float64.npy"),
      head: 160
    ) { bytes, folder in
      let array = try NpyArray(parsing: bytes, name: "a.npy")
      _ = (array.cOrdered, array.doubles.first)
      let labels = "row,label\n" + (0..<4).map { "\($0),\($0 % 2)\n" }.joined()
      _ = try put(Array(labels.utf8), folder, "a.labels.csv")
      if array.shape.count == 2 { try open(put(bytes, folder, "a.npy")) }
    },
    FuzzTarget(
      name: "npz",
      seeds: goldens(
        "Datasets/gray.npz", "Datasets/colour.npz", "Files/arrays.npz", "Files/deflated.npz")
    ) { bytes, folder in
      let path = try put(bytes, folder, "a.npz")
      let archive = try NpzArchive(path: path)
      for name in archive.names {
        // As if nothing fitted into memory.
        let rows = try archive.rows(name, room: 0)
        if case .member(let member, let start) = rows.content {
          _ = try member.read(start..<member.size)
        }
      }
      try open(path)
    },
    FuzzTarget(
      name: "idx",
      seeds: {
        let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 5, 0, 0, 0, 6] + (0..<120)
        let numbers: [UInt8] = [0, 0, 0x0D, 3, 0, 0, 0, 4, 0, 0, 0, 2, 0, 0, 0, 2] + (0..<64)
        return [images, numbers, gzipped(images)]
      }
    ) { bytes, folder in
      _ = try put([0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 0, 1], folder, "train-labels-idx1-ubyte")
      _ = try put(bytes, folder, "train-images-idx3-ubyte")
      try open(folder)
    },
    FuzzTarget(name: "bit", seeds: goldens("Weights/bit-small.npz")) { bytes, folder in
      _ = try BiTArchive.read(put(bytes, folder, "bit.npz"))
    },
  ]
}
