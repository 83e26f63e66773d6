import Files
import Foundation
import Inference
import Networks
import OrderedCollections
import TestSupport
import Testing
import Torch
import Weights

/// Adapters in PEFT's format, against what PEFT writes.
@Suite struct AdapterFileTests {
  struct GoldenFile: Decodable {
    let tensors: [String: [Int]]
    let answers: [Double]
  }

  private func golden(_ name: String) throws -> (file: GoldenFile, config: [String: Any]) {
    let path = Golden.path("Inference/adapter.json")
    let bytes = try FileBytes.read(path)
    let all = try #require(
      try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: [String: Any]])
    let one = try #require(all[name])
    let file = try JSONDecoder().decode(
      GoldenFile.self, from: JSONSerialization.data(withJSONObject: one))
    return (file, try #require(one["config"] as? [String: Any]))
  }

  private func network(_ name: String, _ adapter: Adapter?) throws -> Network {
    try Architectures.named(name).build(
      classes: 5, form: NetworkForm(adapter: adapter), using: Generator(seed: 2))
  }

  static let names = ["vit_small_patch16_224", "convnext_tiny", "swin_tiny_patch4_window7_224"]

  @Test("what is written has PEFT's names, shapes and words", arguments: names)
  func written(name: String) throws {
    let (golden, config) = try golden(name)
    try withTemporaryFolder { folder in
      let network = try network(name, Adapter(.lora, rank: 2, alpha: 6))
      try AdapterFile.write(network, to: folder)
      let tensors = try Safetensors.read(FilePath.join(folder, "adapter_model.safetensors")).tensors
      #expect(
        Dictionary(uniqueKeysWithValues: tensors.map { ($0.key, $0.value.shape) }) == golden.tensors
      )
      let own = try #require(
        try JSONSerialization.jsonObject(
          with: Data(FileBytes.read(FilePath.join(folder, "adapter_config.json"))))
          as? [String: Any])
      for (key, value) in own where !["base_model_name_or_path", "target_modules"].contains(key) {
        let theirs = config[key]
        let isEqual =
          (value as? Double).map { $0 == theirs as? Double }
          ?? ("\(value)" == theirs.map { "\($0)" })
        #expect(isEqual, "\(key)")
      }
      #expect(
        Set(own["target_modules"] as? [String] ?? [])
          == Set(config["target_modules"] as? [String] ?? ["-"]))
      #expect(own["r"] as? Int == 2 && own["peft_type"] as? String == "LORA")
    }
  }

  /// PEFT's own words over tensors of its names: read back they are the network that wrote them, to the byte.
  @Test("what PEFT writes is read", arguments: names)
  func read(name: String) throws {
    let config = try golden(name).config
    try withTemporaryFolder { folder in
      let source = try network(name, Adapter(.lora, rank: 2, alpha: 6))
      withoutGradients {
        for (number, key) in source.adapterNames.enumerated() {
          source.stateDict[key]?.fill(0.01 * Double(number + 1))
        }
      }
      try AdapterFile.write(source, to: folder)
      try AtomicFile.write(
        Array(JSONSerialization.data(withJSONObject: config)),
        to: FilePath.join(folder, "adapter_config.json"))
      let file = try AdapterFile.read(folder)
      #expect(file.adapter == Adapter(.lora, rank: 2, alpha: 6))
      let target = try network(name, file.adapter)
      withoutGradients { for name in target.headNames { target.stateDict[name]?.zero() } }
      let report = try file.load(into: target)
      #expect(report.loaded == target.adapterNames && report.hasHead)
      for (key, tensor) in target.stateDict {
        #expect(tensor.scalars(as: Float.self) == source.stateDict[key]?.scalars(as: Float.self))
      }
    }
  }

  @Test func adaptFormerComesBack() throws {
    try withTemporaryFolder { folder in
      let source = try network("vit_small_patch16_224", Adapter(.adaptFormer, rank: 2))
      try AdapterFile.write(source, to: folder)
      let file = try AdapterFile.read(FilePath.join(folder, "adapter_model.safetensors"))
      #expect(file.adapter == Adapter(.adaptFormer, rank: 2))
      #expect(try file.load(into: network("vit_small_patch16_224", file.adapter)).hasHead)
    }
  }

  @Test("what no network here can have is named")
  func refusals() throws {
    try withTemporaryFolder { folder in
      let source = try network("vit_small_patch16_224", Adapter(.lora, rank: 2))
      try AdapterFile.write(source, to: folder)
      let path = FilePath.join(folder, "adapter_config.json")
      func words(_ config: String) throws -> String {
        try AtomicFile.write(config, to: path)
        let error = #expect(throws: AdapterFileError.self) { try AdapterFile.read(folder) }
        return error?.description ?? ""
      }
      #expect(
        try words(#"{"peft_type": "IA3"}"#)
          == "\(folder): an adapter of type IA3; LORA and ADAPTFORMER are read")
      #expect(
        try words(#"{"peft_type": "LORA", "r": 2, "use_dora": true, "rank_pattern": {"a": 1}}"#)
          == "\(folder): an adapter with use_dora, rank_pattern, which is not read; plain LoRA is")
      try AtomicFile.write(#"{"peft_type": "LORA", "r": 3, "lora_alpha": 3}"#, to: path)
      let file = try AdapterFile.read(folder)
      #expect(throws: WeightsError.self) {
        try file.load(into: network("vit_small_patch16_224", Adapter(.lora, rank: 3)))
      }
      #expect(throws: WeightsError.self) {
        try file.load(into: network("convnext_tiny", Adapter(.lora, rank: 2)))
      }
    }
  }

  /// An adapter knows the weights that it was made beside, whatever it has learned since; PEFT's says nothing of them.
  @Test func anAdapterIsOfItsWeights() throws {
    try withTemporaryFolder { folder in
      let adapter = Adapter(.lora, rank: 2)
      let source = try network("vit_small_patch16_224", adapter)
      let plain = try network("vit_small_patch16_224", nil)
      withoutGradients {
        for (name, tensor) in plain.stateDict { source.stateDict[name]?.copy(from: tensor) }
        for name in source.adapterNames { source.stateDict[name]?.fill(0.01) }
      }
      #expect(source.featureDigest != plain.featureDigest)
      #expect(source.digestWithoutAdapter == plain.digestWithoutAdapter)
      #expect(plain.digestWithoutAdapter == plain.featureDigest)
      try AdapterFile.write(source, to: folder)
      let file = try AdapterFile.read(folder)
      #expect(file.base == plain.featureDigest && file.doubt == nil)
      try file.check(over: plain)
      try file.check(over: source)
      withoutGradients { plain.stateDict["blocks.3.norm1.bias"]?.fill(0.5) }
      let error = #expect(throws: AdapterFileError.self) { try file.check(over: plain) }
      let words = error?.description ?? ""
      let digest = (file.base ?? "").prefix(16)
      #expect(
        words.hasPrefix("\(folder): an adapter made beside weights of digest \(digest)…"))
      #expect(words.hasSuffix("take the weights that it was made with"))
      let path = FilePath.join(folder, "adapter_model.safetensors")
      try Safetensors.write(
        Safetensors.read(path).tensors, metadata: ["format": "pt"], to: path)
      let foreign = try AdapterFile.read(folder)
      try foreign.check(over: plain)
      #expect(foreign.doubt?.contains("does not say which weights it was made beside") == true)
    }
  }

  /// Layers that the file leaves out have nothing added, and another number of classes leaves the last layer as it was.
  @Test func partsAndClasses() throws {
    try withTemporaryFolder { folder in
      try AdapterFile.write(network("vit_small_patch16_224", Adapter(.lora, rank: 2)), to: folder)
      let path = FilePath.join(folder, "adapter_model.safetensors")
      let some = try Safetensors.read(path).tensors.filter { !$0.key.contains(".mlp.") }
      try Safetensors.write(some, metadata: ["format": "pt"], to: path)
      let file = try AdapterFile.read(folder)
      let other = try Architectures.named("vit_small_patch16_224").build(
        classes: 7, form: NetworkForm(adapter: file.adapter), using: Generator(seed: 2))
      withoutGradients { other.stateDict["blocks.0.mlp.fc1.lora_B.weight"]?.fill(1) }
      let report = try file.load(into: other)
      #expect(!report.hasHead && report.loaded.count == other.adapterNames.count / 2)
      #expect(other.stateDict["blocks.0.mlp.fc1.lora_B.weight"]?.abs().sum().item() == 0)
      #expect(throws: WeightsError.self) { try file.load(into: other, needsHead: true) }
    }
  }
}
