/** A wheel of Python's package index, pinned by its content. */
export type Wheel = { package: string; version: string; platform: string; sha256: string };

/** Wheels that together make up a library. */
export type WheelBundle = {
  /** The folder's name in the cache. */
  name: string;
  /** What it is, for messages. */
  what: string;
  wheels: readonly Wheel[];
  /** Approximate size of the download in bytes. */
  download: number;
  /** Bytes on the disk while it is fetched: all that is unpacked, and one wheel at a time. */
  needed: number;
};

const version = "2.21.0";

const single = (wheel: Wheel, download: number): WheelBundle => ({
  name: `${wheel.package}-${wheel.version}-${wheel.platform}`,
  what: `${wheel.package} ${wheel.version}`,
  wheels: [wheel],
  download,
  needed: 1.3e9,
});

/** The library for processors, by `Deno.build.target`. Only that for Linux x86-64 was tested. */
export const forProcessor: Readonly<Record<string, WheelBundle>> = {
  "x86_64-unknown-linux-gnu": single({
    package: "tensorflow-cpu",
    version,
    platform: "manylinux_2_27_x86_64",
    sha256: "dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb",
  }, 270e6),
  "aarch64-unknown-linux-gnu": single({
    package: "tensorflow",
    version,
    platform: "manylinux_2_27_aarch64",
    sha256: "b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552",
  }, 270e6),
  "aarch64-apple-darwin": single({
    package: "tensorflow",
    version,
    platform: "macosx_12_0_arm64",
    sha256: "56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712",
  }, 270e6),
};

const nvidia = (name: string, version: string, [platform, sha256]: [string, string]): Wheel => ({
  package: `nvidia-${name}-cu12`,
  version,
  platform,
  sha256,
});

/**
 * The library for NVIDIA GPUs with the CUDA packages that `tensorflow[and-cuda]` requires, by
 * `Deno.build.target`. They are laid out as pip does it, `nvidia/` beside `tensorflow/`: there the
 * library looks for them.
 */
export const forNvidia: Readonly<Record<string, WheelBundle>> = {
  "x86_64-unknown-linux-gnu": {
    name: `tensorflow-${version}-cuda12-manylinux_2_27_x86_64`,
    what: `tensorflow ${version} with CUDA 12`,
    wheels: [
      {
        package: "tensorflow",
        version,
        platform: "manylinux_2_27_x86_64",
        sha256: "b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0",
      },
      nvidia("cublas", "12.9.3.13", [
        "manylinux_2_27_x86_64",
        "d7d51055f161b317c7105ddaae90e71eda059026074ffef93cf7cde2886bfe72",
      ]),
      nvidia("cuda-cupti", "12.8.90", [
        "manylinux2014_x86_64",
        "ea0cb07ebda26bb9b29ba82cda34849e73c166c18162d3913575b0c9db9a6182",
      ]),
      nvidia("cuda-nvcc", "12.9.86", [
        "manylinux2010_x86_64",
        "5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0",
      ]),
      nvidia("cuda-nvrtc", "12.9.86", [
        "manylinux2010_x86_64",
        "210cf05005a447e29214e9ce50851e83fc5f4358df8b453155d5e1918094dcb4",
      ]),
      nvidia("cuda-runtime", "12.9.79", [
        "manylinux2014_x86_64",
        "25bba2dfb01d48a9b59ca474a1ac43c6ebf7011f1b0b8cc44f54eb6ac48a96c3",
      ]),
      nvidia("cudnn", "9.28.0.42", [
        "manylinux_2_27_x86_64",
        "9ff58b7f36dacd0a93e89f8f2957b52466889217963701daa15e577317cfa375",
      ]),
      nvidia("cufft", "11.4.1.4", [
        "manylinux2014_x86_64",
        "c67884f2a7d276b4b80eb56a79322a95df592ae5e765cf1243693365ccab4e28",
      ]),
      nvidia("curand", "10.3.10.19", [
        "manylinux_2_27_x86_64",
        "49b274db4780d421bd2ccd362e1415c13887c53c214f0d4b761752b8f9f6aa1e",
      ]),
      nvidia("cusolver", "11.7.5.82", [
        "manylinux_2_27_x86_64",
        "15da72d1340d29b5b3cf3fd100e3cd53421dde36002eda6ed93811af63c40d88",
      ]),
      nvidia("cusparse", "12.5.10.65", [
        "manylinux2014_x86_64",
        "73060ce019ac064a057267c585bf1fd5a353734151f87472ff02b2c5c9984e78",
      ]),
      nvidia("nccl", "2.32.3", [
        "manylinux_2_27_x86_64",
        "bb94b2348e4861d5e8aa00b36c3d12d9bdf9c6369b82cbb723de0b582280a21c",
      ]),
      nvidia("nvjitlink", "12.9.86", [
        "manylinux2010_x86_64",
        "e3f1171dbdc83c5932a45f0f4c99180a70de9bd2718c1ab77d14104f6d7147f9",
      ]),
    ],
    download: 3.2e9,
    needed: 7e9,
  },
};
