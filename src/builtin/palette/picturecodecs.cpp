// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/palette/picturecodecs.h"

#include <gif_lib.h>
#include <png.h>
#include <turbojpeg.h>
#include <webp/decode.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace diptych {

namespace {

RawPicture blank(qint64 width, qint64 height)
{
    return {.width = width, .height = height, .rgba = std::vector<uchar>(static_cast<std::size_t>(width * height * 4))};
}

const uchar *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const uchar *>(bytes.constData());
}

struct GifInput {
    const QByteArray &bytes;
    qsizetype at = 0;
};

int readGif(GifFileType *gif, GifByteType *target, int wanted)
{
    auto *input = static_cast<GifInput *>(gif->UserData);
    const auto count = std::min<qsizetype>(wanted, input->bytes.size() - input->at);
    std::memcpy(target, input->bytes.constData() + input->at, static_cast<std::size_t>(count));
    input->at += count;
    return static_cast<int>(count);
}

struct GifCloser {
    void operator()(GifFileType *gif) const { DGifCloseFile(gif, nullptr); }
};

/// The index of the transparent colour, set by extensions before the frame; -1 for none.
int readExtension(GifFileType *gif, int transparent, bool &ok)
{
    int code = 0;
    GifByteType *block = nullptr;
    ok = DGifGetExtension(gif, &code, &block) != GIF_ERROR;
    while (ok && block) {
        GraphicsControlBlock control {};
        if (code == GRAPHICS_EXT_FUNC_CODE && DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK)
            transparent = control.TransparentColor;
        ok = DGifGetExtensionNext(gif, &block) != GIF_ERROR;
    }
    return transparent;
}

/// Source: GIF89a specification, appendix E: the four passes of an interlaced picture.
std::vector<int> rowOrder(int height, bool interlaced)
{
    std::vector<int> rows;
    if (!interlaced) {
        for (int row = 0; row < height; ++row)
            rows.push_back(row);
        return rows;
    }
    constexpr int starts[] = {0, 4, 2, 1};
    constexpr int steps[] = {8, 8, 4, 2};
    for (int pass = 0; pass < 4; ++pass) {
        for (int row = starts[pass]; row < height; row += steps[pass])
            rows.push_back(row);
    }
    return rows;
}

std::optional<RawPicture> readFrame(GifFileType *gif, int transparent, SizeCheck fits)
{
    if (DGifGetImageDesc(gif) == GIF_ERROR)
        return {};
    const int width = gif->Image.Width;
    const int height = gif->Image.Height;
    const ColorMapObject *colours = gif->Image.ColorMap ? gif->Image.ColorMap : gif->SColorMap;
    if (!colours || !fits(width, height))
        return {};
    RawPicture picture = blank(width, height);
    std::vector<GifPixelType> line(static_cast<std::size_t>(width));
    for (const int row : rowOrder(height, gif->Image.Interlace)) {
        if (DGifGetLine(gif, line.data(), width) == GIF_ERROR)
            return {};
        uchar *target = picture.rgba.data() + std::size_t(row) * std::size_t(width) * 4;
        for (const GifPixelType index : line) {
            const GifColorType colour = index < colours->ColorCount ? colours->Colors[index] : GifColorType {};
            *target++ = colour.Red;
            *target++ = colour.Green;
            *target++ = colour.Blue;
            *target++ = index == transparent ? 0 : 255;
        }
    }
    return picture;
}

quint32 littleEndian(const QByteArray &bytes, qsizetype at, int size)
{
    quint32 value = 0;
    for (int i = 0; i < size && at + i < bytes.size(); ++i)
        value |= quint32(uchar(bytes[at + i])) << (8 * i);
    return value;
}

QByteArray fourBytes(quint32 value)
{
    QByteArray bytes;
    for (int shift = 0; shift < 32; shift += 8)
        bytes.append(static_cast<char>(value >> shift & 255U));
    return bytes;
}

/// The first frame of an animation as a picture of its own; empty when there is none.
/// Source: RFC 9649, sections 2.6 and 2.7: the chunks ANMF, VP8X and the container.
QByteArray firstWebpFrame(const QByteArray &bytes)
{
    constexpr qsizetype frameHeader = 16;
    for (qsizetype at = 12; at + 8 <= bytes.size();) {
        const auto size = qsizetype(littleEndian(bytes, at + 4, 4));
        if (bytes.mid(at, 4) != "ANMF") {
            at += 8 + size + size % 2;
            continue;
        }
        if (size <= frameHeader || at + 8 + size > bytes.size())
            return {};
        const QByteArray chunks = bytes.mid(at + 8 + frameHeader, size - frameHeader);
        QByteArray extended("VP8X");
        extended.append(fourBytes(10)).append(chunks.startsWith("ALPH") ? '\x10' : '\0').append(3, '\0');
        extended.append(bytes.mid(at + 8 + 6, 6)); // width and height, less one, three bytes each
        return QByteArray("RIFF")
            .append(fourBytes(quint32(4 + extended.size() + chunks.size())))
            .append("WEBP")
            .append(extended)
            .append(chunks);
    }
    return {};
}

} // namespace

std::optional<RawPicture> decodePng(const QByteArray &bytes, SizeCheck fits)
{
    png_image image {};
    image.version = PNG_IMAGE_VERSION;
    const std::unique_ptr<png_image, void (*)(png_image *)> guard(&image, png_image_free);
    if (!png_image_begin_read_from_memory(&image, bytes.constData(), static_cast<std::size_t>(bytes.size()))
        || !fits(image.width, image.height))
        return {};
    image.format = PNG_FORMAT_RGBA;
    RawPicture picture = blank(image.width, image.height);
    if (!png_image_finish_read(&image, nullptr, picture.rgba.data(), 0, nullptr))
        return {};
    return picture;
}

std::optional<RawPicture> decodeJpeg(const QByteArray &bytes, SizeCheck fits)
{
    const std::unique_ptr<void, int (*)(tjhandle)> decoder(tjInitDecompress(), tjDestroy);
    int width = 0;
    int height = 0;
    int subsampling = 0;
    int colours = 0;
    const auto size = static_cast<unsigned long>(bytes.size());
    if (!decoder || tjDecompressHeader3(decoder.get(), raw(bytes), size, &width, &height, &subsampling, &colours) != 0
        || !fits(width, height) || colours == TJCS_CMYK || colours == TJCS_YCCK)
        return {};
    RawPicture picture = blank(width, height);
    // A limit on scans keeps progressive files that consist of thousands of empty ones from taking minutes.
    uchar *target = picture.rgba.data();
    if (tjDecompress2(decoder.get(), raw(bytes), size, target, width, 0, height, TJPF_RGBA, TJFLAG_LIMITSCANS) == 0)
        return picture;
    // Cameras write files with harmless oddities; a file that ends too early is damaged.
    const bool harmless = tjGetErrorCode(decoder.get()) == TJERR_WARNING
        && !QByteArrayView(tjGetErrorStr2(decoder.get())).contains("Premature end");
    return harmless ? std::optional(std::move(picture)) : std::nullopt;
}

std::optional<RawPicture> decodeWebp(const QByteArray &bytes, SizeCheck fits)
{
    WebPBitstreamFeatures features {};
    if (WebPGetFeatures(raw(bytes), static_cast<std::size_t>(bytes.size()), &features) != VP8_STATUS_OK)
        return {};
    if (features.has_animation != 0) {
        const QByteArray frame = firstWebpFrame(bytes);
        return frame.isEmpty() ? std::nullopt : decodeWebp(frame, fits);
    }
    int width = 0;
    int height = 0;
    const auto size = static_cast<std::size_t>(bytes.size());
    if (!WebPGetInfo(raw(bytes), size, &width, &height) || !fits(width, height))
        return {};
    RawPicture picture = blank(width, height);
    if (!WebPDecodeRGBAInto(raw(bytes), size, picture.rgba.data(), picture.rgba.size(), width * 4))
        return {};
    return picture;
}

std::optional<RawPicture> decodeGif(const QByteArray &bytes, SizeCheck fits)
{
    GifInput input {.bytes = bytes};
    int error = 0;
    const std::unique_ptr<GifFileType, GifCloser> gif(DGifOpen(&input, readGif, &error));
    if (!gif)
        return {};
    int transparent = -1;
    for (GifRecordType type = UNDEFINED_RECORD_TYPE; DGifGetRecordType(gif.get(), &type) == GIF_OK;) {
        if (type == IMAGE_DESC_RECORD_TYPE)
            return readFrame(gif.get(), transparent, fits);
        bool ok = type == EXTENSION_RECORD_TYPE;
        if (ok)
            transparent = readExtension(gif.get(), transparent, ok);
        if (!ok)
            return {};
    }
    return {};
}

} // namespace diptych
