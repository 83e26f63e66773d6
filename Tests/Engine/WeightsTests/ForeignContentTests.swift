import Files
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// Files that are called weights and are something else.
@Suite("Foreign content")
struct ForeignContentTests {
  private static let pointer = """
    version https://git-lfs.github.com/spec/v1
    oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
    size 102530333

    """

  private func message(_ name: String, _ bytes: [UInt8], in folder: String) throws -> String {
    let path = folder + "/" + name
    try AtomicFile.write(bytes, to: path)
    do throws(WeightsError) {
      _ = try WeightsFile.read(path)
      return "read"
    } catch {
      return error.description.replacing(path, with: name)
    }
  }

  @Test(
    "is called what it is, under any name",
    arguments: ["m.safetensors", "m.pth", "m.ckpt", "m.npz", "m"])
  func named(file: String) throws {
    let cases: [(bytes: [UInt8], words: String)] = [
      ([], "is empty; copy or download it again"),
      (
        Array(Self.pointer.utf8),
        "is a Git LFS pointer, which stands for the file in a repository; fetch the file with: git lfs pull"
      ),
      (
        Array("\n<!DOCTYPE html><html><head>".utf8),
        "is a web page and no file of weights; the address needs a login, or is that of the page about the"
          + " file"
      ),
      (
        Array("<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>".utf8),
        "is an XML text and no file of weights, perhaps the refusal of a server; look into it"
      ),
      (
        Array(#"{"error": "Repository not found"}"#.utf8),
        "is a JSON text and no file of weights"
      ),
      ([0x1F, 0x8B, 8, 0], "is compressed by gzip; unpack it first"),
      (
        [0x89] + Array("HDF\r\n\u{1A}\n".utf8),
        "is an HDF5 file, as Keras writes, which is not read; save the weights from PyTorch"
      ),
      (
        [UInt8](repeating: 0, count: 257) + Array("ustar\u{0}00".utf8),
        "is a tar archive; unpack it first"
      ),
    ]
    try withTemporaryFolder { folder in
      for (bytes, words) in cases {
        try #expect(message(file, bytes, in: folder) == "\(file): \(words)")
      }
    }
  }

  @Test("safetensors whose length begins as a pickle or as gzip does is read")
  func lengthsThatLookLikeOtherForms() throws {
    let text = #"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#
    try withTemporaryFolder { folder in
      for length: UInt64 in [0x0280, 0x0380, 0x0480, 0x0580, 0x8B1F] {
        let header = text + String(repeating: " ", count: Int(length) - text.utf8.count - 1) + "}"
        let bytes =
          withUnsafeBytes(of: length.littleEndian) { Array($0) } + Array(header.utf8)
          + [0, 0, 0x80, 0x3F]
        let path = folder + "/m.safetensors"
        try AtomicFile.write(bytes, to: path)
        #expect(try WeightsFile.read(path)["w"]?.scalars(as: Float.self) == [1], "\(length)")
      }
    }
  }

  @Test("a name that promises another form is an error, a name that promises none is not")
  func otherNames() throws {
    try withTemporaryFolder { folder in
      let (zip, stream) = (
        try FileBytes.read(Golden.path("Weights/zip.pth")),
        try FileBytes.read(Golden.path("Weights/stream.pth"))
      )
      try Safetensors.write(["w": Tensor(Float(1))], to: folder + "/w.safetensors")
      let safe = try FileBytes.read(folder + "/w.safetensors")
      #expect(
        try message("m.safetensors", zip, in: folder)
          == "m.safetensors: is a zip archive, as torch.save writes it: give it the name .pth to have it"
          + " read")
      #expect(
        try message("m.safetensors", stream, in: folder)
          == "m.safetensors: is a Python pickle, as torch.save wrote it before 1.6: give it the name .pth to"
          + " have it read; nothing in it is ever run")
      #expect(
        try message("m.pth", safe, in: folder)
          == "m.pth: is a safetensors file: give it the name .safetensors to have it read")
      for name in ["m.ckpt", "m.pth.tar", "m.bin", "weights"] {
        try #expect(message(name, zip, in: folder) == "read", "\(name)")
        try #expect(message(name, stream, in: folder) == "read", "\(name)")
      }
      try #expect(message("weights", safe, in: folder) == "read")
      #expect(
        try message("weights", Array("hello".utf8), in: folder)
          == "weights: neither its name nor its content is that of .safetensors, of PyTorch's .pth, .pt,"
          + " .bin, .ckpt or of BiT's .npz")
      // The reader of models says so too.
      #expect(throws: WeightsError.foreign(path: folder + "/p.safetensors", .lfsPointer)) {
        try AtomicFile.write(Self.pointer, to: folder + "/p.safetensors")
        return try Safetensors.metadata(of: folder + "/p.safetensors")
      }
    }
  }

  @Test(
    "a file that is cut short says so", arguments: ["zip.pth", "stream.pth", "python.safetensors"])
  func truncated(file: String) throws {
    let whole = try FileBytes.read(Golden.path("Weights/\(file)"))
    try withTemporaryFolder { folder in
      for part in [0.1, 0.5, 0.9] {
        let bytes = Array(whole.prefix(Int(Double(whole.count) * part)))
        let message = try message(file, bytes, in: folder)
        #expect(
          ["cut short", "end is missing", "header of", "the tensors", "bytes"].contains(
            where: message.contains),
          "\(part): \(message)")
        #expect(message.hasPrefix(file + ": "), "\(message)")
      }
    }
  }
}
