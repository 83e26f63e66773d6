import Foundation
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// A tensor of `Goldens/Weights/values.json`, as PyTorch saw it.
struct ExpectedValue: Decodable {
  let name: String
  let shape: [Int]
  let dtype: String
  let values: [Double]

  init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    name = try list.decode(String.self)
    shape = try list.decode([Int].self)
    dtype = try list.decode(String.self)
    values = try list.decode([Double].self)
  }

  /// Whether `state` has exactly the expected tensors.
  static func check(_ state: StateDict, inOrder: Bool = false) throws {
    let expected: [ExpectedValue] = try Golden.load("Weights/values.json")
    if inOrder { #expect(Array(state.keys) == expected.map(\.name)) }
    #expect(Set(state.keys) == Set(expected.map(\.name)))
    for item in expected {
      let tensor = try #require(state[item.name])
      #expect(tensor.shape == item.shape, "\(item.name)")
      #expect(tensor.dtype.description == item.dtype, "\(item.name)")
      #expect(tensor.scalars(as: Double.self) == item.values, "\(item.name)")
    }
  }
}
