// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/configmembers.h"

#include "api/route.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <cmath>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::ConfigMembers", text);
}

QString aText()
{
    return translated("a text");
}

} // namespace

ConfigMembers::ConfigMembers(QJsonObject object, QString path)
    : m_object(std::move(object))
    , m_path(std::move(path))
{
}

Error ConfigMembers::fault(const QString &path, const QString &message)
{
    return {.kind = Error::Kind::InvalidRequest, .message = QString(path % u": " % message), .parameter = path};
}

QString ConfigMembers::pathOf(const QString &name) const
{
    return m_path.isEmpty() ? name : QString(m_path % u'.' % name);
}

QJsonValue ConfigMembers::take(const QString &name, QJsonValue::Type type, const QString &what)
{
    m_known.append(name);
    const QJsonValue value = m_object.value(name);
    if (value.isUndefined() || value.isNull())
        return QJsonValue(QJsonValue::Undefined);
    if (value.type() == type)
        return value;
    fail(name, translated("this has to be %1.").arg(what));
    return QJsonValue(QJsonValue::Undefined);
}

void ConfigMembers::text(const QString &name, QString &value)
{
    value = take(name, QJsonValue::String, aText()).toString(value);
}

void ConfigMembers::flag(const QString &name, bool &value)
{
    value = take(name, QJsonValue::Bool, translated("true or false")).toBool(value);
}

std::optional<double> ConfigMembers::number(const QString &name, double least, double most)
{
    const QJsonValue value = take(name, QJsonValue::Double, translated("a number"));
    if (value.isUndefined())
        return std::nullopt;
    if (value.toDouble() < least || value.toDouble() > most)
        fail(name, translated("this has to be from %1 to %2.").arg(least).arg(most, 0, 'f', 0));
    return value.toDouble();
}

std::optional<qint64> ConfigMembers::integer(const QString &name, qint64 least, qint64 most)
{
    const auto value = number(name, static_cast<double>(least), static_cast<double>(most));
    if (!value || *value < static_cast<double>(least) || *value > static_cast<double>(most))
        return std::nullopt; // what is too large for the type is no number to convert
    if (*value != std::floor(*value))
        fail(name, translated("this has to be %1.").arg(translated("a whole number")));
    return static_cast<qint64>(*value);
}

std::vector<QString> ConfigMembers::texts(const QString &name)
{
    std::vector<QString> list;
    const QJsonArray array = take(name, QJsonValue::Array, translated("a list of texts")).toArray();
    for (const QJsonValue &value : array) {
        if (!value.isString())
            fail(name, translated("this has to be a list of texts."));
        list.push_back(value.toString());
    }
    return list;
}

std::optional<ModelRef> ConfigMembers::model(const QString &name)
{
    const QJsonValue value = take(name, QJsonValue::String, aText());
    return value.isUndefined() ? std::nullopt : modelOf(value.toString(), name);
}

std::optional<ModelRef> ConfigMembers::modelOf(const QString &text, const QString &name)
{
    const auto model = modelRefFromText(text);
    if (!model)
        fail(name, translated("\"%1\" names no model; write endpoint/model.").arg(text));
    return model;
}

void ConfigMembers::fail(const QString &name, const QString &message)
{
    if (!m_error)
        m_error = fault(pathOf(name), message);
}

std::optional<Error> ConfigMembers::error(const QStringList &others)
{
    const QStringList names = m_object.keys();
    for (const QString &name : names) {
        if (!m_known.contains(name) && !others.contains(name))
            fail(name, translated("this is not known here. Known are: %1.").arg(m_known.join(QStringLiteral(", "))));
    }
    return m_error;
}

} // namespace diptych
