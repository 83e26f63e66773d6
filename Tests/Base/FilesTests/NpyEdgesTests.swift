import Files
import TestSupport
import Testing

/// Headers of NumPy's files that say what cannot be, and those that are written.
@Suite struct NpyEdgesTests {
  private func npy(_ descr: String, _ shape: String, _ bytes: [UInt8] = []) -> [UInt8] {
    let header = "{'descr': '\(descr)', 'fortran_order': False, 'shape': \(shape), }\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
      + bytes
  }

  private func archive(_ file: [UInt8]) throws -> NpzArchive {
    try NpzArchive(bytes: zipped([("y.npy", file)]), name: "a.npz")
  }

  /// Widths whose bytes cannot be counted: 4 · (2⁶³ − 1), and products with the shape.
  @Test(arguments: [
    ("<U9223372036854775807", "(1,)"), ("<U4611686018427387904", "(1,)"),
    ("|S9223372036854775807", "(2,)"), ("<U2305843009213693951", "(2,)"),
  ])
  func textsOfImpossibleWidthsAreRefused(descr: String, shape: String) throws {
    let archive = try archive(npy(descr, shape, [0x61, 0, 0, 0]))
    let layout = try archive.layout(of: "y")
    #expect(layout.dtype == nil && layout.shape == [shape == "(1,)" ? 1 : 2])
    #expect(throws: FileError.self) { try archive.names(in: "y") }
    #expect(throws: FileError.self) { try archive.array("y") }
  }

  @Test func theWordsOfAnImpossibleWidth() throws {
    let archive = try archive(npy("<U9223372036854775807", "(1,)", [0x61, 0, 0, 0]))
    #expect(
      throws: FileError.malformed(
        path: "a.npz:y",
        reason:
          "expected texts along one axis, got elements of type '<U9223372036854775807' of shape [1]"
      )
    ) { try archive.names(in: "y") }
  }

  /// A header that disagrees with the size of the entry is refused before anything is unpacked.
  @Test func aHeaderThatDisagreesWithItsEntryIsRefused() throws {
    let archive = try archive(npy("<f4", "(1000000,)", [0, 0, 0, 0]))
    #expect(
      throws: FileError.malformed(
        path: "a.npz:y", reason: "expected 4000000 bytes of elements for shape [1000000], found 4")
    ) { try archive.array("y") }
  }

  /// The spellings of a shape that Python's `repr` and other writers have; negative and broken ones are none.
  @Test(
    arguments: [
      ("()", []), ("(4,)", [4]), ("(2, 2)", [2, 2]), ("(2,2,)", [2, 2]), ("( 1 , 4 )", [1, 4]),
      ("(-4,)", nil), ("(4.0,)", nil), ("4", nil), ("(x,)", nil), ("(4", nil),
    ] as [(String, [Int]?)])
  func shapes(text: String, expected: [Int]?) {
    let count = (expected ?? [4]).reduce(1, *)
    let found = try? NpyArray(
      parsing: npy("|u1", text, [UInt8](repeating: 7, count: count)), name: "a.npy")
    #expect(found?.shape == expected)
    if expected != nil { #expect(found?.integers == [Int](repeating: 7, count: count)) }
  }

  /// One-byte types have no order; a type of the other order, of Python objects or of no name is not read.
  @Test func typesOfOneByte() throws {
    for descr in ["|u1", "<u1"] {
      #expect(try NpyArray(parsing: npy(descr, "(1,)", [200]), name: "a").integers == [200])
    }
    for descr in ["|i1", "<i1"] {
      #expect(try NpyArray(parsing: npy(descr, "(1,)", [200]), name: "a").integers == [-56])
    }
    for descr in ["|b1", "<b1"] {
      #expect(try NpyArray(parsing: npy(descr, "(2,)", [0, 1]), name: "a").doubles == [0, 1])
    }
    for descr in [">i4", "|O", "<c8", "<u8", "", "<"] {
      #expect(throws: FileError.self) {
        try NpyArray(parsing: npy(descr, "(1,)", [0, 0, 0, 0]), name: "a")
      }
    }
  }

  /// What is written has its elements at a multiple of 64, a line feed before them, and comes back, whatever the length of the header.
  @Test func headersOfAnyLengthAreAligned() throws {
    for axes in 0..<40 {
      for last in [1, 10, 100] {
        let shape = [Int](repeating: 1, count: axes) + [last]
        let array = NpyArray(
          dtype: .uint8, shape: shape, bytes: [UInt8](repeating: 3, count: last))
        let file = array.encoded()
        let start = file.count - last
        #expect(start % 64 == 0 && file[start - 1] == 0x0A)
        #expect(Int(file[8]) | Int(file[9]) << 8 == start - 10)
        #expect(try NpyArray(parsing: file, name: "a.npy") == array)
      }
    }
  }

  /// Extremes of each type as Python's `struct.pack` writes them.
  @Test(
    arguments: [
      ("<i2", [0, 0x80, 0xFF, 0x7F], [-32768.0, 32767]), ("<u2", [0xFF, 0xFF, 0, 0], [65535, 0]),
      ("<i4", [0, 0, 0, 0x80], [-2_147_483_648]),
      ("<u4", [0xFF, 0xFF, 0xFF, 0xFF], [4_294_967_295]),
      ("<i8", [0, 0, 0, 0, 0, 0, 0, 0x80], [-9_223_372_036_854_775_808]),
      ("<f2", [0xFF, 0x7B, 1, 0], [65504, 0x1p-24]), ("<f4", [1, 0, 0, 0], [0x1p-149]),
      ("<f8", [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xEF, 0x7F], [.greatestFiniteMagnitude]),
    ] as [(String, [UInt8], [Double])])
  func extremes(descr: String, bytes: [UInt8], values: [Double]) throws {
    let array = try NpyArray(parsing: npy(descr, "(\(values.count),)", bytes), name: "a.npy")
    #expect(array.doubles == values)
    #expect((array.integers == nil) == descr.hasPrefix("<f"))
  }

  /// Whole numbers beyond 2⁵³ keep their digits as names; numbers that are not whole have the fewest.
  @Test func namesOfLargeNumbers() throws {
    let most: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
    #expect(
      try NpyNames.parse(npy("<i8", "(1,)", most), name: "y") == ["9223372036854775807"])
    let tenth = withUnsafeBytes(of: (0.1).bitPattern.littleEndian) { Array($0) }
    let large = withUnsafeBytes(of: (1e300).bitPattern.littleEndian) { Array($0) }
    #expect(
      try NpyNames.parse(npy("<f8", "(2,)", tenth + large), name: "y", takingFractions: true)
        == ["0.1", "1e+300"])
    #expect(
      throws: FileError.malformed(
        path: "y", reason: "expected texts or whole numbers, found 1e+300 in row 1")
    ) {
      let zero = [UInt8](repeating: 0, count: 8)
      _ = try NpyNames.parse(npy("<f8", "(2,)", zero + large), name: "y")
    }
  }
}
