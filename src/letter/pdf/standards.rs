//! What makes the file a PDF/UA-1 and a PDF/A-2a beside its structure: what it says about itself, and which red, green
//! and blue it means.

use std::sync::OnceLock;

use jiff::civil::Date;
use lopdf::{Dictionary, Document, Object, Stream, dictionary, text_string};

use super::compressed;

/// What a file says about itself, in the dictionary that older readers look for and in its XMP alike.
pub(super) struct About<'a> {
    pub title: &'a str,
    pub language: &'a str,
    pub author: &'a str,
    /// The program that wrote the letter.
    pub creator: &'a str,
    /// The library that wrote the pages.
    pub producer: &'a str,
    pub date: Date,
}

/// Writes what the file says about itself, and the colours that it means, into the document.
pub(super) fn write(document: &mut Document, about: &About<'_>) -> lopdf::Result<()> {
    document.version = "1.7".to_owned();
    let info = document.trailer.get(b"Info")?.as_reference()?;
    document.set_object(info, about.dictionary());
    let metadata = document.add_object(about.metadata());
    let profile = document.add_object(colour_profile());
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => text_string("sRGB IEC61966-2.1"),
        "Info" => text_string("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    let catalog = document.catalog_mut()?;
    catalog.set("Lang", text_string(about.language));
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    catalog.set(
        "ViewerPreferences",
        dictionary! { "DisplayDocTitle" => true },
    );
    Ok(())
}

impl About<'_> {
    fn dictionary(&self) -> Dictionary {
        let day = self.date.strftime("D:%Y%m%d000000Z").to_string();
        dictionary! {
            "Title" => text_string(self.title),
            "Author" => text_string(self.author),
            "Creator" => text_string(self.creator),
            "Producer" => text_string(self.producer),
            "CreationDate" => text_string(&day),
            "ModDate" => text_string(&day),
        }
    }

    /// Not compressed, so that it can be read without reading the PDF. PDF/A wants the schema of PDF/UA to be told.
    fn metadata(&self) -> Stream {
        let [title, author, language, creator, producer] = [
            self.title,
            self.author,
            self.language,
            self.creator,
            self.producer,
        ]
        .map(escaped);
        let date = self.date.strftime("%Y-%m-%dT00:00:00Z");
        let xmp = format!(
            r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"#,
            bom = '\u{feff}'
        );
        let about = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
        Stream::new(about, xmp.into_bytes())
    }
}

/// Text as XML allows it between tags.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            _ if character.is_control() => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// The colour space sRGB as an ICC profile of version 4.2: our own, from the figures of IEC 61966-2-1, so that no
/// licence comes with it.
fn colour_profile() -> Stream {
    static PROFILE: OnceLock<Stream> = OnceLock::new();
    let profile = PROFILE.get_or_init(|| compressed(dictionary! { "N" => 3 }, &srgb()));
    profile.clone()
}

/// White, and red, green and blue as a D50 observer sees them; in 1/65536.
const WHITE: [i32; 3] = [0xF6D6, 0x1_0000, 0xD32D];
const RED: [i32; 3] = [0x6FA2, 0x38F5, 0x0390];
const GREEN: [i32; 3] = [0x6299, 0xB785, 0x18DA];
const BLUE: [i32; 3] = [0x24A0, 0x0F84, 0xB6CF];

/// From the white of a screen (D65) to that of paper (D50), by Bradford; in 1/65536.
const ADAPTATION: [i32; 9] = [
    0x1_0C42, 0x05DE, -0x0CDB, 0x0793, 0xFD90, -0x045F, -0x025E, 0x03DC, 0xC06E,
];

/// The curve of sRGB: (a·x + b)^g from d on, c·x below; g, a, b, c, d in 1/65536.
const CURVE: [i32; 5] = [0x2_6666, 0xF2A7, 0x0D59, 0x13D0, 0x0A5B];

/// The bytes of the profile.
fn srgb() -> Vec<u8> {
    let numbers = |kind: &[u8; 4], extra: &[u8], numbers: &[i32]| {
        let mut data = kind.to_vec();
        data.extend([0; 4]);
        data.extend(extra);
        data.extend(numbers.iter().flat_map(|number| number.to_be_bytes()));
        data
    };
    let tags = [
        (&[&b"desc"[..]][..], words("sRGB IEC61966-2.1")),
        (&[b"cprt"], words("Public domain")),
        (&[b"wtpt"], numbers(b"XYZ ", &[], &WHITE)),
        (&[b"chad"], numbers(b"sf32", &[], &ADAPTATION)),
        (&[b"rXYZ"], numbers(b"XYZ ", &[], &RED)),
        (&[b"gXYZ"], numbers(b"XYZ ", &[], &GREEN)),
        (&[b"bXYZ"], numbers(b"XYZ ", &[], &BLUE)),
        // Function 3 of the standard; the three channels share it.
        (
            &[b"rTRC", b"gTRC", b"bTRC"],
            numbers(b"para", &[0, 3, 0, 0], &CURVE),
        ),
    ];
    const HEADER: u32 = 128;
    const ENTRY: u32 = 12;
    let count = tags
        .iter()
        .map(|(names, _)| names.len() as u32)
        .sum::<u32>();
    let mut table = count.to_be_bytes().to_vec();
    let mut data = Vec::new();
    for (names, mut bytes) in tags {
        let at = HEADER + 4 + count * ENTRY + data.len() as u32;
        for name in names {
            table.extend(*name);
            table.extend(at.to_be_bytes());
            table.extend((bytes.len() as u32).to_be_bytes());
        }
        bytes.resize(bytes.len().next_multiple_of(4), 0);
        data.extend(bytes);
    }
    let size = HEADER + table.len() as u32 + data.len() as u32;
    let mut profile = size.to_be_bytes().to_vec();
    profile.extend([0; 4]);
    // Version 4.2, a display, from RGB to XYZ.
    profile.extend([4, 0x20, 0, 0]);
    profile.extend(b"mntrRGB XYZ ");
    // The day of the standard: 18 October 1999.
    profile.extend([1999_u16, 10, 18, 0, 0, 0].map(u16::to_be_bytes).concat());
    profile.extend(b"acsp");
    // No platform, no flags, no maker, no model; perceptual.
    profile.extend([0; 28]);
    profile.extend(WHITE.map(i32::to_be_bytes).concat());
    profile.resize(HEADER as usize, 0);
    profile.extend(table);
    profile.extend(data);
    profile
}

/// Words in one language, as a tag of a profile.
fn words(text: &str) -> Vec<u8> {
    let mut tag = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS".to_vec();
    let text: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    tag.extend((text.len() as u32).to_be_bytes());
    tag.extend(28_u32.to_be_bytes());
    tag.extend(text);
    tag
}
