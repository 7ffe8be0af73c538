// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/builtindata.h"

#include <QResource>

// Outside the namespace: the macro declares functions of the global one.
static void initialiseResources()
{
    Q_INIT_RESOURCE(guide);
    Q_INIT_RESOURCE(builtinmodels);
}

namespace diptych {

void loadBuiltinData()
{
    initialiseResources();
}

QByteArray builtinData(const QString &name)
{
    loadBuiltinData();
    const QResource resource(QString(u":/builtin/" % name));
    if (!resource.isValid() || resource.compressionAlgorithm() != QResource::NoCompression)
        return {};
    return QByteArray::fromRawData(reinterpret_cast<const char *>(resource.data()), resource.size());
}

} // namespace diptych
