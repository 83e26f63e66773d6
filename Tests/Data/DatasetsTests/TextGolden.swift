import TestSupport

/// Features of texts by scikit-learn; see `Goldens/Datasets/text.py`.
struct TextGolden: Decodable {
  struct Hash: Decodable {
    let term: String
    let hash: UInt32
    let seeded: UInt32
  }

  struct Sparse: Decodable {
    let slots: [Int]
    let values: [Double]

    /// Without the zeros of terms that cancel.
    var entries: [Int: Double] {
      Dictionary(uniqueKeysWithValues: zip(slots, values)).filter { $0.value != 0 }
    }
  }

  struct Case: Decodable {
    let train: [String]
    let new: [String]
    let width: Int
    let size: Int
    let counts: [Sparse]
    let weights: [Sparse]
    let newWeights: [Sparse]
    let singular: [Double]
    let features: [[Double]]
    let newFeatures: [[Double]]
  }

  let hashes: [Hash]
  let words: [[String]]
  let cases: [Case]
  let lexicon: [String: Double]
  let other: [String: Double]
  let lexiconTrain: [[Double]]
  let lexiconNew: [[Double]]
  let otherNew: [[Double]]

  static func load() throws -> TextGolden { try Golden.load("Datasets/text.json") }
}
