<?xml version="1.0" encoding="utf-8" ?>
<ogr:FeatureCollection
     gml:id="aFeatureCollection"
     xmlns:ogr="http://ogr.maptools.org/"
     xmlns:gml="http://www.opengis.net/gml/3.2">
  <gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::28992"><gml:lowerCorner>233000 556000</gml:lowerCorner><gml:upperCorner>235000.5 557000.5</gml:upperCorner></gml:Envelope></gml:boundedBy>
                                                                                                                                                     
  <ogr:featureMember>
    <ogr:velden gml:id="velden.0">
      <gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::28992"><gml:lowerCorner>233000 556000</gml:lowerCorner><gml:upperCorner>233410.5 556300.0</gml:upperCorner></gml:Envelope></gml:boundedBy>
      <ogr:geometryProperty><gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992" gml:id="velden.geom.0"><gml:exterior><gml:LinearRing><gml:posList>233000 556000 233400.0 556010.25 233410.5 556300.0 233005 556290 233000 556000</gml:posList></gml:LinearRing></gml:exterior><gml:interior><gml:LinearRing><gml:posList>233100 556100 233120 556150 233150 556100 233100 556100</gml:posList></gml:LinearRing></gml:interior></gml:Polygon></ogr:geometryProperty>
      <ogr:naam>Het Éérste veld</ogr:naam>
      <ogr:nummer>12345678901</ogr:nummer>
      <ogr:maat>2.5</ogr:maat>
    </ogr:velden>
  </ogr:featureMember>
  <ogr:featureMember>
    <ogr:velden gml:id="velden.1">
      <gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::28992"><gml:lowerCorner>234000 556000</gml:lowerCorner><gml:upperCorner>234600.125 556100.0</gml:upperCorner></gml:Envelope></gml:boundedBy>
      <ogr:geometryProperty><gml:MultiSurface srsName="urn:ogc:def:crs:EPSG::28992" gml:id="velden.geom.1"><gml:surfaceMember><gml:Polygon gml:id="velden.geom.1.0"><gml:exterior><gml:LinearRing><gml:posList>234000 556000 234100 556000 234050 556100 234000 556000</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember><gml:surfaceMember><gml:Polygon gml:id="velden.geom.1.1"><gml:exterior><gml:LinearRing><gml:posList>234500 556000 234600 556000 234600.125 556100.0 234500 556100 234500 556000</gml:posList></gml:LinearRing></gml:exterior><gml:interior><gml:LinearRing><gml:posList>234520 556020 234520 556060 234560 556060 234520 556020</gml:posList></gml:LinearRing></gml:interior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></ogr:geometryProperty>
      <ogr:naam>Twee delen</ogr:naam>
      <ogr:nummer>2</ogr:nummer>
      <ogr:maat xsi:nil="true"/>
    </ogr:velden>
  </ogr:featureMember>
  <ogr:featureMember>
    <ogr:velden gml:id="velden.2">
      <gml:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::28992"><gml:lowerCorner>235000 557000</gml:lowerCorner><gml:upperCorner>235000.5 557000.5</gml:upperCorner></gml:Envelope></gml:boundedBy>
      <ogr:geometryProperty><gml:Polygon srsName="urn:ogc:def:crs:EPSG::28992" gml:id="velden.geom.2"><gml:exterior><gml:LinearRing><gml:posList>235000 557000 235000.5 557000.0 235000.5 557000.5 235000 557000</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></ogr:geometryProperty>
      <ogr:naam>Klein</ogr:naam>
      <ogr:nummer>3</ogr:nummer>
      <ogr:maat>0.125</ogr:maat>
    </ogr:velden>
  </ogr:featureMember>
</ogr:FeatureCollection>
