/**
 * C++ that is compiled into the addon of the CUDA variant: it loads CUDA's libraries before TensorFlow's.
 *
 * TensorFlow opens the libraries by name at its start. A library of that name that is loaded already is taken, wherever it
 * lies, so no search path has to be set before Node starts. Without NVIDIA's driver nothing is loaded, and TensorFlow
 * computes on the processor.
 *
 * THAW_CUDA is the list of the libraries, relative to the addon's folder, with colons between them.
 */
export const PRELOAD_CUDA_SOURCE = `
#include <dlfcn.h>
#include <string>

namespace {

__attribute__((constructor)) void LoadCuda() {
  if (dlopen("libcuda.so.1", RTLD_LAZY | RTLD_GLOBAL) == nullptr) return;
  Dl_info self;
  if (dladdr(reinterpret_cast<void*>(&LoadCuda), &self) == 0) return;
  const std::string path = self.dli_fname;
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  const std::string all = THAW_CUDA;
  // Twice, because a library may need one that comes after it.
  for (int round = 0; round < 2; round++) {
    for (size_t start = 0; start < all.size();) {
      const size_t end = all.find(':', start) == std::string::npos ? all.size() : all.find(':', start);
      dlopen((folder + all.substr(start, end - start)).c_str(), RTLD_LAZY | RTLD_GLOBAL);
      start = end + 1;
    }
  }
}

}  // namespace
`;
