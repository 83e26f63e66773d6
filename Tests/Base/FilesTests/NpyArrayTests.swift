import Files
import Randomness
import TestSupport
import Testing

@Suite struct NpyArrayTests {
  private struct Expected: Decodable {
    let shape: [Int]
    let values: [Double]
  }

  private func message(_ bytes: [UInt8]) -> String? {
    do throws(FileError) {
      _ = try NpyArray(parsing: bytes, name: "a.npy").doubles
      return nil
    } catch { return error.description }
  }

  private func file(_ header: String, bytes: Int = 0) -> [UInt8] {
    [0x93] + "NUMPY".utf8 + [1, 0, UInt8(header.utf8.count), 0] + header.utf8
      + [UInt8](repeating: 0, count: bytes)
  }

  @Test(arguments: ["arrays.npz", "deflated.npz"])
  func agreesWithNumpy(name: String) throws {
    let archive = try NpzArchive(path: Golden.path("Files/" + name))
    let expected: [String: Expected] = try Golden.load("Files/arrays.json")
    #expect(Set(archive.names) == Set(expected.keys))
    for (name, golden) in expected {
      let array = try archive.array(name)
      let isFloat = array.dtype == .float32 || array.dtype == .float64
      #expect(array.shape == golden.shape, "\(name)")
      #expect(array.doubles == golden.values, "\(name)")
      #expect(array.floats == golden.values.map { Float($0) }, "\(name)")
      #expect(array.integers == (isFloat ? nil : golden.values.map { Int($0) }), "\(name)")
      #expect(array.cOrdered.doubles == golden.values, "\(name)")
      #expect(try NpyArray(parsing: array.cOrdered.encoded(), name: name) == array.cOrdered)
    }
  }

  @Test func whatIsWrongIsNamed() {
    #expect(message([]) == "a.npy: is not a .npy array")
    #expect(
      message(file("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", bytes: 4))
        == "a.npy: holds elements of type '>f4'; types read: |u1, |i1, <u2, <i2, <u4, <i4, <i8, <f2, "
        + "<f4, <f8, |b1")
    #expect(
      message(file("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", bytes: 20))
        == "a.npy: expected 24 bytes of elements for shape [2, 3], found 20")
    #expect(
      message(file("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 8)}"))
        == "a.npy: has an impossible shape")
    #expect(
      message(file("{'descr': '<f4'}"))
        == "a.npy: has an unreadable .npy header: \"{\\'descr\\': \\'<f4\\'}\"")
  }

  @Test func missingArrayIsNamed() throws {
    let archive = try NpzArchive(
      bytes: FileBytes.read(Golden.path("Files/arrays.npz")), name: "a.npz")
    #expect(
      throws: FileError.malformed(
        path: "a.npz",
        reason: "has no array 'x'; it has: u1, i4, i8, f4, f8, b1, fortran, scalar, empty")
    ) { try archive.array("x") }
  }

  @Test func damagedArraysAreErrorsOrValues() throws {
    let seed = try NpzArchive(path: Golden.path("Files/arrays.npz")).array("fortran").cOrdered
    let fuzz = Fuzz(seed.encoded(), key: RandomKey(seed: 14))
    for index in 0..<4000 { _ = message(fuzz.mutant(index)) }
  }
}
