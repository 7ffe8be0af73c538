// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/transfer/zipentries.h"

#include <QCoreApplication>
#include <QFile>

#include <zip.h>

#include <memory>

namespace diptych {

namespace {

using Archive = std::unique_ptr<zip_t, decltype(&zip_discard)>;
using EntryFile = std::unique_ptr<zip_file_t, decltype(&zip_fclose)>;

Failure failure(const char *text, const QString &name)
{
    return Failure({.kind = Error::Kind::InvalidRequest,
        .message = QCoreApplication::translate("diptych::SessionImport", text).arg(name)});
}

Archive openArchive(const QString &path)
{
    int code = 0;
    return {zip_open(QFile::encodeName(path).constData(), ZIP_RDONLY, &code), &zip_discard};
}

} // namespace

bool isZip(QByteArrayView beginning)
{
    return beginning.startsWith("PK\x03\x04");
}

Result<std::vector<ZipEntry>> zipEntries(const QString &path)
{
    const Archive archive = openArchive(path);
    if (!archive)
        return failure("%1 is a damaged archive. Unpack it with another program and import the files.", path);
    std::vector<ZipEntry> entries;
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    for (zip_int64_t index = 0; index < count; ++index) {
        zip_stat_t status;
        if (zip_stat_index(archive.get(), zip_uint64_t(index), 0, &status) == 0)
            entries.push_back(
                {.name = QString::fromUtf8(status.name), .size = qint64(status.size), .index = quint64(index)});
    }
    return entries;
}

Result<QByteArray> readZipEntry(const QString &path, const ZipEntry &entry, const std::function<bool()> &goesOn)
{
    if (entry.size < 0 || entry.size > maxZipEntry)
        return failure("%1 is too large to be read out of its archive. Unpack it and import the file.", entry.name);
    const Archive archive = openArchive(path);
    EntryFile file(archive ? zip_fopen_index(archive.get(), entry.index, 0) : nullptr, &zip_fclose);
    if (!file)
        return failure("%1 can not be read out of its archive. It may need a password.", entry.name);
    QByteArray bytes;
    QByteArray block(1024 * 1024, Qt::Uninitialized);
    for (;;) {
        if (!goesOn())
            return Failure({.kind = Error::Kind::Cancelled});
        const zip_int64_t read = zip_fread(file.get(), block.data(), zip_uint64_t(block.size()));
        if (read < 0)
            return failure("%1 is damaged in its archive.", entry.name);
        if (read == 0)
            return bytes;
        bytes.append(block.constData(), qsizetype(read));
        if (bytes.size() > entry.size) // it said less
            return failure("%1 is damaged in its archive.", entry.name);
    }
}

} // namespace diptych
