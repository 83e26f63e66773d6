import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// What is wrong with a file of PyTorch, in words, and what of a checkpoint is weights.
@Suite("Refusals of PyTorch's files")
struct TorchRefusalTests {
  private typealias Bytes = PickledBytes
  private let eight = PickledBytes.floats([1, 2])

  private func reason(_ file: [UInt8]) -> String {
    do throws(WeightsError) {
      return "read: \(try TorchPickleTests.parse(file).keys.joined(separator: " "))"
    } catch {
      if case .malformed("m.pth", .pytorch, let reason) = error { return reason }
      return "other: \(error)"
    }
  }

  private func one(
    _ storage: [UInt8], shape: [Int] = [2], strides: [Int] = [1], offset: Int = 0
  ) -> [UInt8] {
    Bytes.dictionary([
      ("w", Bytes.tensor(storage, offset: offset, shape: shape, strides: strides))
    ])
  }

  @Test("of archives") func archives() {
    let plain = one(Bytes.storage("0", 2))
    #expect(
      reason(zipped([("archive/code/model.py", Array("1".utf8))]))
        == "the archive has no data.pkl; TorchScript and .pt2 files are not read")
    #expect(
      reason(
        Bytes.archive(
          plain, storages: [("0", eight)], others: [("archive/byteorder", Array("big".utf8))]))
        == "it was written on a big-endian machine; save it again on another")
    #expect(
      reason(
        Bytes.archive(
          plain, storages: [("0", eight)], others: [("archive/byteorder", Array("little".utf8))]))
        == "read: w")
    #expect(
      reason(Bytes.archive(plain, storages: [("0", eight + [0])]))
        == "the storage '0' has 9 bytes, not those described")
    #expect(
      reason(Bytes.archive(plain, storages: [("0", Array(eight.dropLast()))]))
        == "the storage '0' has 7 bytes, not those described")
    let absent = reason(Bytes.archive(plain, storages: [("1", eight)]))
    #expect(absent.contains("has no entry 'archive/data/0'"), "\(absent)")
    let cut = reason(Array(Bytes.archive(plain, storages: [("0", eight)]).dropLast(40)))
    #expect(!cut.hasPrefix("read") && !cut.hasPrefix("other"), "\(cut)")
  }

  @Test("of streams") func streams() {
    let plain = one(Bytes.storage("0", 2))
    #expect(reason(Bytes.stream(plain, storages: [("0", 2, eight)])) == "read: w")
    #expect(
      reason(Bytes.stream(plain, storages: [("0", 3, eight + [0, 0, 0, 0])]))
        == "the storage '0' is not the one described")
    #expect(
      reason(Bytes.stream(plain, storages: [("1", 2, eight)]))
        == "the storage '1' is not the one described")
    #expect(reason(Bytes.stream(plain)) == "the storage '0' is missing")
    for count in 1...8 {
      #expect(
        reason(Bytes.stream(plain, storages: [("0", 2, Array(eight.dropLast(count)))]))
          == "it is cut short")
    }
    // A storage of the oldest files may be a part of another; none is a part where the sixth is None.
    let none = one(Bytes.storage("0", 2, sixth: Array("N".utf8)))
    #expect(reason(Bytes.stream(none, storages: [("0", 2, eight)])) == "read: w")
    let part = one(Bytes.storage("0", 2, sixth: Bytes.tuple([1, 2, 3])))
    #expect(
      reason(Bytes.stream(part, storages: [("0", 2, eight)]))
        == "a storage is a part of another; save the state dict again")
  }

  @Test("of tensors") func tensors() {
    func tensor(_ storage: [UInt8], _ shape: [Int], _ strides: [Int], _ offset: Int = 0) -> String {
      reason(
        Bytes.archive(
          one(storage, shape: shape, strides: strides, offset: offset), storages: [("0", eight)]))
    }
    let storage = Bytes.storage("0", 2)
    #expect(tensor(storage, [-1], [1]) == "a tensor is described wrongly")
    #expect(tensor(storage, [2], [-1]) == "a tensor is described wrongly")
    #expect(tensor(storage, [2], [1], -1) == "a tensor is described wrongly")
    #expect(tensor(storage, [2], [1, 1]) == "a tensor is described wrongly")
    #expect(tensor(storage, [2], [1], 1) == "a tensor of shape [2] lies outside its storage")
    // A small file cannot ask for a huge tensor by strides of 0.
    #expect(
      tensor(storage, [2_000_000_000], [0])
        == "a tensor of shape [2000000000] lies outside its storage")
    let huge = Array(repeating: 2_000_000_000, count: 9)
    #expect(
      tensor(storage, huge, huge) == "a tensor of shape \(huge) lies outside its storage")
    #expect(tensor(Bytes.storage("0", -2), [2], [1]) == "a storage is described wrongly")
    #expect(
      tensor(Bytes.storage("0", 8, type: "BoolStorage"), [8], [1])
        == "a truth value is neither 0 nor 1")
    #expect(tensor(Bytes.storage("0", 8, type: "ByteStorage"), [8], [1]) == "read: w")
    #expect(
      tensor(Bytes.storage("0", 1, type: "HalfStorage"), [1], [1])
        == "the storage '0' has 8 bytes, not those described")
  }

  /// Only names of the list are looked up: a storage type under another module is another name.
  @Test func namesAreWhole() {
    func refused(_ module: String, _ name: String) -> WeightsError? {
      let file = Bytes.stream(Bytes.dictionary([("w", Bytes.name(module, name))]))
      return #expect(throws: WeightsError.self) { try TorchPickleTests.parse(file) }
    }
    for (module, name) in [
      ("os", "system"), ("builtins", "eval"), ("torch.storage", "_load_from_bytes"),
      ("collections", "OrderedDict.fromkeys"), ("torch", "load"), ("mytorch", "FloatStorage"),
      ("torch._utils", "_rebuild_tensor_v2.__globals__"), ("", "OrderedDict"),
    ] {
      #expect(
        refused(module, name) == .refused(path: "m.pth", name: "\(module).\(name)"),
        "\(module).\(name)")
    }
  }

  private let tensor = PickledBytes.tensor(
    PickledBytes.storage("0", 2), shape: [2], strides: [1])

  private func names(_ value: [UInt8]) -> String {
    reason(Bytes.archive(value, storages: [("0", eight)]))
  }

  /// Dictionaries within the weights give names with dots; an optimiser's are none, nor are numbers, text and lists.
  @Test func whatOfACheckpointIsWeights() {
    let inner = Bytes.dictionary([("weight", tensor), ("bias", tensor)])
    let list = Array("](".utf8) + tensor + Array("e".utf8)
    #expect(names(Bytes.dictionary([("a", inner), ("b", tensor)])) == "read: a.weight a.bias b")
    #expect(
      names(
        Bytes.dictionary([
          ("epoch", Bytes.number(3)), ("list", list), ("name", Bytes.text("x")),
          ("optimizer", inner), ("optimizer_g", inner), ("net", inner),
          ("nothing", Array("N".utf8)),
        ])) == "read: net.weight net.bias")
    // Where weights stand beside it, a name of a wrapper is a name as any.
    #expect(
      names(Bytes.dictionary([("model", inner), ("w", tensor)]))
        == "read: model.weight model.bias w")
    // The first of the wrappers' names in their own order, one within the other.
    #expect(
      names(
        Bytes.dictionary([
          ("model", Bytes.dictionary([("other", tensor)])),
          ("state_dict", Bytes.dictionary([("model_state_dict", inner)])),
        ])) == "read: weight bias")
    #expect(
      names(Bytes.dictionary([("state_dict", Bytes.number(1)), ("model", inner)]))
        == "read: weight bias")
  }

  @Test func namesThatStandTwice() {
    #expect(names(Bytes.dictionary([("w", tensor), ("w", tensor)])) == "'w' stands twice")
    let inner = Bytes.dictionary([("b", tensor)])
    #expect(names(Bytes.dictionary([("a", inner), ("a.b", tensor)])) == "'a.b' stands twice")
  }

  @Test func whatHoldsNoTensors() {
    #expect(names(Array("]".utf8)) == "it holds no dictionary of names")
    #expect(names(tensor) == "it holds no dictionary of names")
    #expect(
      names(Array("}".utf8) + Bytes.number(1) + tensor + Array("s".utf8))
        == "it holds no dictionary of names")
    #expect(names(Bytes.dictionary([("epoch", Bytes.number(1))])) == "'epoch' is not a tensor")
    #expect(names(Array("}".utf8)) == "read: ")
  }

  /// Whole numbers of a pickle have their sign in each of their forms.
  @Test func numbers() {
    // Offsets as one byte, two bytes, four bytes, and a long of one byte.
    for form: [UInt8] in [
      Array("K".utf8) + [1], Array("M".utf8) + [1, 0], Bytes.number(1), [0x8A, 1, 1],
      [0x8A, 2, 1, 0],
    ] {
      let view =
        Bytes.name("torch._utils", "_rebuild_tensor_v2") + Array("(".utf8)
        + Bytes.storage("0", 2) + form + Bytes.tuple([1]) + Bytes.tuple([1]) + [0x89]
        + Array("}tR".utf8)
      let file = Bytes.archive(Bytes.dictionary([("w", view)]), storages: [("0", eight)])
      #expect((try? TorchPickleTests.parse(file))?["w"]?.scalars(as: Float.self) == [2])
    }
    // A long of 255 is −1, which is no offset; one without bytes is 0.
    for (long, expected) in [
      ([0x8A, 1, 0xFF], "a tensor is described wrongly"), ([0x8A, 0], "read: w"),
    ]
      as [([UInt8], String)]
    {
      let view =
        Bytes.name("torch._utils", "_rebuild_tensor_v2") + Array("(".utf8)
        + Bytes.storage("0", 2) + long + Bytes.tuple([1]) + Bytes.tuple([1]) + Array("tR".utf8)
      #expect(names(Bytes.dictionary([("w", view)])) == expected)
    }
  }
}
