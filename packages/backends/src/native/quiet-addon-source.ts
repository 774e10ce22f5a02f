/**
 * The C++ source of the addon that is loaded: it loads the real one and passes everything on to it.
 *
 * TensorFlow 2.21 writes two lines to stderr while its library is loaded, before it reads TF_CPP_MIN_LOG_LEVEL, and
 * nothing but turning oneDNN off stops it. So stderr is held back for the time of that load, and what was written is
 * passed on without those two lines. With TF_CPP_MIN_LOG_LEVEL=0 nothing is held back. On Linux it is held in memory,
 * because the temporary folder may be full or read-only.
 *
 * THAW_ADDON is the name of the real addon, which lies in the same folder.
 */
export const QUIET_ADDON_SOURCE = `
#include <dlfcn.h>
#include <node_api.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

std::string Neighbour(const char* name) {
  Dl_info self;
  if (dladdr(reinterpret_cast<void*>(&Neighbour), &self) == 0) return name;
  const std::string path = self.dli_fname;
  return path.substr(0, path.rfind('/') + 1) + name;
}

FILE* HeldBack() {
#ifdef __linux__
  const int memory = memfd_create("stderr", MFD_CLOEXEC);
  if (memory >= 0) return fdopen(memory, "w+");
#endif
  return tmpfile();
}

bool IsChatter(const char* line) {
  return strstr(line, "oneDNN custom operations are on.") != nullptr ||
         strstr(line, "All log messages before absl::InitializeLog()") != nullptr;
}

void* LoadQuietly(const char* path) {
  const char* level = getenv("TF_CPP_MIN_LOG_LEVEL");
  FILE* held = level != nullptr && strcmp(level, "0") == 0 ? nullptr : HeldBack();
  const int original = held == nullptr ? -1 : dup(STDERR_FILENO);
  if (original < 0) {
    if (held != nullptr) fclose(held);
    return dlopen(path, RTLD_LAZY | RTLD_LOCAL);
  }
  fflush(stderr);
  dup2(fileno(held), STDERR_FILENO);
  void* handle = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
  fflush(stderr);
  dup2(original, STDERR_FILENO);
  close(original);
  rewind(held);
  char* line = nullptr;
  size_t capacity = 0;
  while (getline(&line, &capacity, held) >= 0) {
    if (!IsChatter(line)) fputs(line, stderr);
  }
  free(line);
  fclose(held);
  return handle;
}

}  // namespace

NAPI_MODULE_INIT() {
  void* handle = LoadQuietly(Neighbour(THAW_ADDON).c_str());
  using Init = napi_value (*)(napi_env, napi_value);
  Init init = handle == nullptr ? nullptr : reinterpret_cast<Init>(dlsym(handle, "napi_register_module_v1"));
  if (init == nullptr) {
    napi_throw_error(env, "ERR_DLOPEN_FAILED", dlerror());
    return nullptr;
  }
  return init(env, exports);
}
`;
