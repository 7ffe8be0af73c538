// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "core/result.h"

#include <QCommandLineParser>

namespace diptych {

/// Options that several commands share, and how their values are read. Errors of all readers: InvalidRequest.
namespace clioptions {

void addModel(QCommandLineParser &parser, const QString &defaultModel);
void addSampling(QCommandLineParser &parser);
void addExtras(QCommandLineParser &parser);
void addOutput(QCommandLineParser &parser); ///< --json and --quiet
void addStream(QCommandLineParser &parser); ///< --no-stream

/// The first value of -m, or the default that addModel() announced for the built-in endpoint.
[[nodiscard]] QString model(const QCommandLineParser &parser, const QString &builtinDefault);
[[nodiscard]] Result<SamplingParameters> sampling(const QCommandLineParser &parser);

struct Extras {
    QJsonObject values {};
    std::optional<ExtrasMode> mode {};
};
[[nodiscard]] Result<Extras> extras(const QCommandLineParser &parser);

/// Unset when the option is not there.
[[nodiscard]] Result<std::optional<double>> number(const QCommandLineParser &parser, const QString &name);
[[nodiscard]] Result<std::optional<qint64>> integer(
    const QCommandLineParser &parser, const QString &name, qint64 smallest, qint64 largest);

/// The arguments after the command's name.
[[nodiscard]] QStringList arguments(const QCommandLineParser &parser);
/// The only argument after the command's name; "-" reads standard input to its end.
[[nodiscard]] Result<QString> text(const QCommandLineParser &parser, const QString &what);

} // namespace clioptions

} // namespace diptych
