import Files
import Foundation
import Randomness
import TestSupport
import Testing

/// A decoder with real files to damage.
struct FuzzTarget: Sendable, CustomTestStringConvertible {
  /// What it is called on a command line.
  let name: String
  /// The files.
  let seeds: @Sendable () throws -> [[UInt8]]
  /// Bytes at the beginning that are damaged; `nil` is the whole file.
  var head: Int?
  /// What is done to a mutant, such as to make its checksums right again.
  var mended: @Sendable ([UInt8]) -> [UInt8] = { $0 }
  /// Mutants of it that the quick tests read.
  var quick = 200
  /// Reads a mutant; the folder is empty at first and its own.
  let decode: @Sendable (_ bytes: [UInt8], _ folder: String) throws -> Void

  var testDescription: String { name }

  static let all = images + arrays + texts + weights + [checkpoint]

  /// Its mutants, from any number on.
  func mutants() throws -> FuzzMutants { FuzzMutants(self, try seeds()) }
}

/// The mutants of a decoder's files: the same number gives the same bytes.
struct FuzzMutants {
  /// Of all of them.
  static let seed: UInt64 = 12
  private let target: FuzzTarget
  private let sources: [(fuzz: Fuzz, rest: [UInt8])]

  init(_ target: FuzzTarget, _ seeds: [[UInt8]]) {
    self.target = target
    let key = RandomKey(seed: Self.seed).folding(target.name)
    sources = seeds.enumerated().map { number, bytes in
      let head = min(target.head ?? bytes.count, bytes.count)
      return (
        Fuzz(Array(bytes[..<head]), key: key.folding(number), words: Fuzz.extremes),
        Array(bytes[head...])
      )
    }
  }

  /// The files as they were, some of which must be taken: what refuses all of them sees no damage.
  var undamaged: [[UInt8]] { sources.map { $0.fuzz.seed + $0.rest } }

  subscript(index: Int) -> [UInt8] {
    let source = sources[index % sources.count]
    return target.mended(source.fuzz.mutant(index / sources.count) + source.rest)
  }

  /// Reads a mutant: whether it was taken for a file.
  func decode(_ index: Int, in folder: String) -> Bool {
    do {
      try target.decode(self[index], folder)
      return true
    } catch {
      return false
    }
  }
}
