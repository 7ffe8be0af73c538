// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/requestsettings.h"

#include <QJsonValue>

#include <optional>

namespace diptych {

// Parameter values to JSON and back, in the form of the common API. The readers give nothing for a wrong type.
// Source: Azure AI Model Inference API, POST /chat/completions.

[[nodiscard]] QJsonValue parameterToJson(double value);
[[nodiscard]] QJsonValue parameterToJson(int value);
[[nodiscard]] QJsonValue parameterToJson(qint64 value);
[[nodiscard]] QJsonValue parameterToJson(bool value);
[[nodiscard]] QJsonValue parameterToJson(const QString &value);
[[nodiscard]] QJsonValue parameterToJson(const QStringList &value);
[[nodiscard]] QJsonValue parameterToJson(const ResponseFormat &value);
[[nodiscard]] QJsonValue parameterToJson(const ToolChoice &value);
[[nodiscard]] QJsonValue parameterToJson(const std::vector<Tool> &value);

[[nodiscard]] bool parameterFromJson(const QJsonValue &json, double &value);
[[nodiscard]] bool parameterFromJson(const QJsonValue &json, int &value);
[[nodiscard]] bool parameterFromJson(const QJsonValue &json, qint64 &value);
[[nodiscard]] bool parameterFromJson(const QJsonValue &json, bool &value);
[[nodiscard]] bool parameterFromJson(const QJsonValue &json, QString &value);
[[nodiscard]] bool parameterFromJson(const QJsonValue &json, QStringList &value);
[[nodiscard]] bool parameterFromJson(const QJsonValue &json, ResponseFormat &value);
[[nodiscard]] bool parameterFromJson(const QJsonValue &json, ToolChoice &value);
[[nodiscard]] bool parameterFromJson(const QJsonValue &json, std::vector<Tool> &value);

} // namespace diptych
